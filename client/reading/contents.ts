/** Marks in the contents the section that is being read. */
export function contentsPlace() {
  const links = new Map<string, HTMLAnchorElement[]>()
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.toc a[href^="#"]')) {
    const id = decodeURIComponent(link.hash.slice(1))
    links.set(id, [...(links.get(id) ?? []), link])
  }
  const headings = [...links.keys()].map(id => document.getElementById(id)).filter(heading => heading !== null)
  if (headings.length === 0) return
  let current: string | undefined
  const mark = () => {
    const passed = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 3)
    const id = passed.at(-1)?.id
    if (id === current) return
    for (const link of links.get(current ?? '') ?? []) link.removeAttribute('aria-current')
    for (const link of links.get(id ?? '') ?? []) link.setAttribute('aria-current', 'location')
    current = id
  }
  let waiting = 0
  const later = () => (waiting ||= requestAnimationFrame(() => ((waiting = 0), mark())))
  addEventListener('scroll', later, { passive: true })
  mark()
}
