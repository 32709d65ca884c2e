/** Lets older revisions join the list, so that what is chosen stays chosen. `joined` hears how many came. */
export function older(list: HTMLElement, joined: (count: number) => void) {
  const pager = () => list.parentElement?.querySelector('.pager')
  list.parentElement?.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.pager a.older') : null
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (link.getAttribute('aria-busy') === 'true') return
    link.setAttribute('aria-busy', 'true')
    join(link.href).catch(() => location.assign(link.href))
  })

  async function join(address: string) {
    const reply = await fetch(address)
    const next = new DOMParser().parseFromString(await reply.text(), 'text/html')
    const [here, there] = [list.querySelector('.revs'), next.querySelector('.revs')]
    if (!reply.ok || !here || !there) throw new Error('no history came')
    const came = [...there.children].map(child => document.adoptNode(child))
    const lastDay = [...here.querySelectorAll('.day')].at(-1)?.textContent
    if (came[0]?.textContent === lastDay) came.shift()
    for (const radio of came.flatMap(row => [...row.querySelectorAll<HTMLInputElement>('.radios input')]))
      radio.checked = false
    here.append(...came)
    const fresh = next.querySelector('.pager')
    if (fresh) pager()?.replaceWith(document.adoptNode(fresh))
    // Whoever came by keyboard goes on at the first that is new.
    came
      .find(row => row.matches('.rev'))
      ?.querySelector<HTMLElement>('.when a, summary')
      ?.focus()
    joined(came.filter(row => row.matches('.rev')).length)
  }
}
