import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Node } from 'prosemirror-model'
import { type Database, migrate, newId, openDatabase } from '../../server/db/index.ts'
import { drafts } from '../../server/drafts/index.ts'
import { events } from '../../server/events.ts'
import { schema } from '../../shared/document/schema.ts'

/** A document of paragraphs. */
export const paragraphs = (...texts: string[]): Node =>
  schema.node(
    'doc',
    null,
    texts.map(text => schema.node('line', null, text === '' ? [] : [schema.text(text)])),
  )

/** A database of its own, the drafts in it, and a page with these paragraphs. */
export async function freshDrafts() {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-drafts-'))
  const file = join(folder, 'commonleaf.db')
  const db = openDatabase(file)
  await migrate(db)
  const told = events()
  const room = drafts({ events: told })
  return {
    db,
    file,
    events: told,
    drafts: room,
    person: (handle: string) => addPerson(db, handle),
    async page(...texts: string[]) {
      const id = newId()
      await db.write(async tx => {
        await tx.insertInto('pages').values(pageRow(id)).execute()
        await room.create(tx, id, paragraphs(...texts), null)
      })
      return id
    },
    async close() {
      await db.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export async function addPerson(db: Database, handle: string) {
  const id = newId()
  await db.write(async tx => {
    await tx
      .insertInto('people')
      .values({
        id,
        handle,
        handle_key: handle.toLowerCase(),
        name: handle,
        email: null,
        email_key: null,
        role: 'member',
        state: 'active',
        password_hash: null,
        language: null,
        created_at: Date.now(),
      })
      .execute()
  })
  return id
}

const pageRow = (id: string) => ({
  id,
  slug: id,
  slug_key: id,
  title: id,
  title_key: id,
  language: 'en',
  licence: 'CC-BY-SA-4.0',
  head_id: null,
  head_number: 0,
  newest: 0,
  epoch: 0,
  head_seq: 0,
  rendering: 0,
  created_at: Date.now(),
  created_by_id: null,
  changed_at: Date.now(),
  deleted_at: null,
  deleted_by_id: null,
  featured: null,
})
