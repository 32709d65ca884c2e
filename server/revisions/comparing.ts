import type { Node } from 'prosemirror-model'
import { schema } from '../../shared/document/schema.ts'
import type { Page } from '../pages/index.ts'
import { writersBetween } from './writers-store.ts'
import type { Ground } from './ground.ts'
import type { Comparison, Credit, Revision } from './service.ts'
import { creditsFor } from './credits.ts'

interface Past {
  byNumber(page: Page, number: number): Promise<Revision>
  document(revision: Revision): Promise<Node>
}

/** Two revisions of a page beside each other. */
export function comparing({ db, people }: Ground, { byNumber, document }: Past) {
  /** A deletion says nothing, so all of the other side came or went. */
  const textOf = async (revision: Revision) =>
    revision.kind === 'deletion' ? schema.topNodeType.create() : document(revision)

  return {
    async compare(page: Page, from: number, to: number): Promise<Comparison> {
      const [one, other] = [await byNumber(page, from), await byNumber(page, to)]
      return { from: one, to: other, before: await textOf(one), after: await textOf(other) }
    },

    async between(
      page: Page,
      one: number,
      other: number,
    ): Promise<{ revisions: number; people: Credit[]; beyond: number }> {
      const [older, newer] = one < other ? [one, other] : [other, one]
      const revisions = Math.max(0, newer - older - 1)
      if (revisions === 0) return { revisions, people: [], beyond: 0 }
      const rows = await writersBetween(db.read, page.id, older, newer)
      const named = rows.slice(0, most).map(row => row.person_id)
      const names = await people.byIds(named)
      return { revisions, people: creditsFor(names, named), beyond: rows.length - named.length }
    },
  }
}

/** More names than this nobody reads. */
const most = 10
