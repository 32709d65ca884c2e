/** Gives boxes of text to copy their button; without JavaScript the text is there to be selected. */
export function copyButtons() {
  for (const box of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    if (!isSecureContext) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn btn-s tasl-a'
    button.textContent = box.dataset['copy'] ?? ''
    // Announced where it happens: the words on the button itself.
    button.setAttribute('aria-live', 'polite')
    const named = box.closest('[aria-labelledby]')?.getAttribute('aria-labelledby')
    if (named) button.setAttribute('aria-describedby', named)
    button.onclick = async () => {
      await navigator.clipboard.writeText(box.innerText.trim())
      button.textContent = box.dataset['copied'] ?? ''
      setTimeout(() => (button.textContent = box.dataset['copy'] ?? ''), 3000)
    }
    box.after(button)
  }
}
