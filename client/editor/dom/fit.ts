/** Keeps the tools above a phone's keyboard, which covers the window without making it smaller. Returns what ends it. */
export function fit(frame: () => HTMLElement | null): () => void {
  const shown = window.visualViewport
  const adapt = () => {
    const style = frame()?.style
    if (!style || !shown) return
    const isCovered = shown.scale === 1 && window.innerHeight - shown.height > 1
    style.blockSize = isCovered ? `${shown.height}px` : ''
    style.insetBlockStart = isCovered ? `${shown.offsetTop}px` : ''
    style.insetBlockEnd = isCovered ? 'auto' : ''
  }
  shown?.addEventListener('resize', adapt)
  shown?.addEventListener('scroll', adapt)
  return () => {
    shown?.removeEventListener('resize', adapt)
    shown?.removeEventListener('scroll', adapt)
  }
}
