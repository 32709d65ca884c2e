import { type RevisionFilter, revisionTags } from '../../../shared/revisions/filter.ts'

/** What of a history an address asks for. */
export interface Asked {
  filter: RevisionFilter
  /** Where an earlier part ended. */
  before: string | undefined
}

/** Reads the query of an address; what makes no sense there is passed over. */
export function asked(query: unknown): Asked {
  const given = (name: string): string | undefined => {
    const value = [(query as Record<string, unknown>)[name]].flat().at(-1)
    return typeof value === 'string' && value.length <= 300 && value.isWellFormed() ? value : undefined
  }
  const before = given('before')
  return {
    filter: {
      person: given('person') || undefined,
      section: given('section'),
      tag: revisionTags.find(tag => tag === given('tag')),
      minor: given('minor') === 'hide' ? 'hide' : undefined,
      since: dayIn(given('since')),
      until: dayIn(given('until')),
    },
    before: before !== undefined && /^\d{1,9}$/.test(before) ? before : undefined,
  }
}

const dayIn = (text: string | undefined) =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined

/** The names and values that stand for a filter in an address or a form. */
export const fieldsFor = (filter: RevisionFilter): [name: string, value: string][] =>
  Object.entries(filter).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))

/** `path` with a filter as its query. */
export function addressFor(path: string, filter: RevisionFilter, before?: string): string {
  const fields = fieldsFor(filter)
  if (before !== undefined) fields.push(['before', before])
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields).toString()}`
}

/** Addresses that differ in one name's value: a menu has many of them. */
export function addressesBy(path: string, filter: RevisionFilter, name: keyof RevisionFilter) {
  const without = addressFor(path, { ...filter, [name]: undefined })
  const sign = without.includes('?') ? '&' : '?'
  return (value: string | undefined): string =>
    value === undefined ? without : `${without}${sign}${name}=${encodeURIComponent(value)}`
}

export const isFiltered = (filter: RevisionFilter): boolean => fieldsFor(filter).length > 0
