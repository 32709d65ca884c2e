/**
 * Attaches the faces of the interface when the browser is idle, unless it saves data or is on a bad line, and tells the
 * server by a cookie that they lie in the cache: from then on pages link them at once, and nothing moves.
 */
export function attachFonts() {
  const address = document.querySelector<HTMLElement>('script[data-fonts]')?.dataset['fonts']
  if (!address || savesData()) return
  const idle = window.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 1500))
  idle(() => {
    const sheet = document.createElement('link')
    sheet.rel = 'stylesheet'
    sheet.href = address
    sheet.onload = () => void document.fonts.ready.then(remember)
    document.head.append(sheet)
  })
}

const remember = () => {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `fonts=1; path=/; max-age=7776000; samesite=lax${secure}`
}

function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } }
  return connection?.saveData === true || connection?.effectiveType?.endsWith('2g') === true
}
