import type { Accounts } from '../accounts/index.ts'
import type { Writer } from '../db/index.ts'
import { importedPerson, rememberPerson } from './store.ts'

/** Who stands here for an author of a source: made as a person whom nobody can sign in as, once. */
export async function personFor(
  tx: Writer,
  people: Accounts['people'],
  source: string,
  author: string,
): Promise<{ id: string; isNew: boolean }> {
  const known = await importedPerson(tx, source, author)
  if (known !== undefined) return { id: known, isNew: false }
  const id = await people.addImported(tx, { name: author })
  await rememberPerson(tx, source, author, id)
  return { id, isNew: true }
}
