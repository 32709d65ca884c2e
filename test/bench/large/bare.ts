import type { Node } from 'prosemirror-model'
import type { Page } from 'playwright-core'

/** The same words in an editable element of the browser, with nothing of the wiki: what the browser alone takes for a key. */
export async function openBare(page: Page, document: Node): Promise<void> {
  const lines: string[] = []
  document.descendants(node => {
    if (node.isTextblock) lines.push(node.textContent)
    return !node.isTextblock
  })
  const text = lines.map(line => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`).join('')
  const body = `<!doctype html><style>div{max-width:40rem;margin:auto}</style><div contenteditable>${text}</div>`
  await page.route('**/bare', route => route.fulfill({ contentType: 'text/html', body }))
  await page.goto('/bare')
  await page.locator('p').first().click()
  await page.keyboard.press('x')
}
