import type { Accounts } from '../accounts/index.ts'
import type { Writer } from '../db/index.ts'
import { importedPerson, rememberPerson } from './store.ts'

type People = Accounts['people']

/** Who stands here for an author of a source: made as a person whom nobody can sign in as, once. */
export async function personFor(
  tx: Writer,
  people: People,
  source: string,
  author: string,
): Promise<{ id: string; isNew: boolean }> {
  const known = await importedPerson(tx, source, author)
  if (known !== undefined) return { id: known, isNew: false }
  const id = await people.addImported(tx, { name: author })
  await rememberPerson(tx, source, author, id)
  return { id, isNew: true }
}

/** A person as the export of another wiki tells of them. */
export interface Told {
  id: string
  handle: string
  name: string
}

/** How an export names somebody whom the page's source does not name itself. */
export const ownKey = (handle: string): string => `@${handle}`

/**
 * The same for an author whose id in another wiki is known, and who keeps it where nobody here has it. Whoever has an
 * account here is never taken for them: a file proves nothing.
 */
export async function personTold(
  tx: Writer,
  people: People,
  { source, key, told }: { source: string; key: string; told: Told },
): Promise<{ id: string; isNew: boolean }> {
  const isOfSource = key !== ownKey(told.handle)
  const known = (isOfSource && (await importedPerson(tx, source, key))) || (await importedPerson(tx, '', told.id))
  if (known) return { id: known, isNew: false }
  const holder = await people.byId(told.id, tx)
  const isNew = holder?.state !== 'imported'
  const { name, handle } = told
  const id = isNew ? await people.addImported(tx, { name, handle, id: holder ? undefined : told.id }) : told.id
  if (isOfSource) await rememberPerson(tx, source, key, id)
  if (id !== told.id) await rememberPerson(tx, '', told.id, id)
  return { id, isNew }
}
