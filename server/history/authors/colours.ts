import { colourOf, colours } from '../../../shared/accounts/colour.ts'
import type { AuthorShare } from '../../../shared/revisions/authors.ts'

/**
 * Everyone's colour as a class: their own, or the next free one where somebody who wrote more has it, for here colours
 * must tell people apart. They come again once all are taken.
 */
export function coloursFor(people: readonly AuthorShare[]): string[] {
  const taken = new Set<number>()
  return people.map(({ person }) => {
    if (!person) return 'p0'
    if (taken.size === colours) taken.clear()
    let colour = colourOf(person.id)
    while (taken.has(colour)) colour = (colour % colours) + 1
    taken.add(colour)
    return `p${colour}`
  })
}
