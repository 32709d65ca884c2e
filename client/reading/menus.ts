/** Menus are `<details>`: they open without JavaScript; here they also close by Escape and by a click elsewhere. */
export function menus() {
  const open = () => document.querySelector<HTMLDetailsElement>('details.menu[open]')
  addEventListener('click', event => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]'))
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  })
  addEventListener('keydown', event => {
    const menu = open()
    if (event.key !== 'Escape' || !menu) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
}
