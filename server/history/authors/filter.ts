import type { AuthorShare } from '../../../shared/revisions/authors.ts'

/** How old words may be, in days before the revision that is shown; `older` is all that no other has. */
export const ages = { week: 7, month: 30, year: 365, older: Infinity } as const
export type Age = keyof typeof ages
export const ageNames: readonly Age[] = ['week', 'month', 'year', 'older']

const day = 24 * 60 * 60 * 1000

/** The narrowest age that words of that time have. */
export function ageOf(at: number, now: number): Age {
  return ageNames.find(age => now - at <= ages[age] * day) ?? 'older'
}

export interface Filter {
  /** A place in the list of people. */
  author: number | undefined
  age: Age | undefined
}

/** What an address asks for; who wrote nothing here is nobody to filter by. */
export function filterIn(query: Record<string, unknown>, people: readonly AuthorShare[]): Filter {
  const { by, age } = query
  const author = typeof by === 'string' ? people.findIndex(person => nameOf(person) === by) : -1
  return { author: author < 0 ? undefined : author, age: ageNames.find(name => name === age) }
}

/** How an address names somebody. A handle has no sign that stands before these two. */
export const nameOf = ({ person, hidden }: AuthorShare): string =>
  person ? person.handle : hidden ? '~hidden' : '~nobody'

/** Words of the last week are of the last month too. */
export function fits(filter: Filter, author: number, age: Age): boolean {
  if (filter.author !== undefined && filter.author !== author) return false
  if (filter.age === undefined) return true
  if (filter.age === 'older' || age === 'older') return filter.age === age
  return ages[age] <= ages[filter.age]
}
