import type { Credit } from './service.ts'

type Names = ReadonlyMap<string, { handle: string; name: string }>

/** The person with this id as a credit; null where nobody is known for it. */
export function creditFor(names: Names, id: string): Credit | null {
  const person = names.get(id)
  return person ? { id, handle: person.handle, name: person.name } : null
}

/** Those of the ids for which somebody is known, in their order. */
export const creditsFor = (names: Names, ids: readonly string[]): Credit[] =>
  ids.flatMap(id => creditFor(names, id) ?? [])
