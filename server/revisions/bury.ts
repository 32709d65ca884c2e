import { newId, type Writer } from '../db/index.ts'
import type { Page } from '../pages/index.ts'
import { headOf } from './head-store.ts'
import * as store from './store.ts'

export interface Burial {
  page: Page
  personId: string | null
  summary: string
  at: number
}

/** Writes a deletion into the history: a revision that says nothing. */
export async function bury(
  tx: Writer,
  { page, personId, summary, at }: Burial,
): Promise<{ id: string; number: number }> {
  const id = newId()
  const parent = await store.newest(tx, page.id)
  const number = (parent?.number ?? 0) + 1
  const head = await headOf(tx, page.id)
  const tombstone = {
    id,
    page_id: page.id,
    number,
    kind: 'deletion' as const,
    publisher_id: personId,
    summary,
    minor: 0,
    licence: page.licence,
    consent_at: null,
    at,
    title: page.title,
    size: 0,
    content_hash: null,
    source_id: null,
    words_added: 0,
    words_removed: head?.words ?? 0,
  }
  await store.insert(tx, tombstone, personId === null ? [] : [personId])
  return { id, number }
}
