import type { Asker } from '../../shared/accounts/contract.ts'
import { toHtml } from '../../shared/document/html.ts'
import { mayRead } from '../../shared/pages/may.ts'
import type { ChangeJson } from '../../shared/revisions/contract.ts'
import type { Reader } from '../db/index.ts'
import type { Page } from '../pages/index.ts'
import { Malformed, NoText, RevisionNotFound, TextHidden } from './errors.ts'
import type { Ground } from './ground.ts'
import * as heads from './head-store.ts'
import type { Credit, Head, Revision, Slice } from './service.ts'
import { signed } from './signed.ts'
import * as store from './store.ts'
import { contributors } from './writers-store.ts'
import { creditFor } from './credits.ts'

/** Looking back: nothing here changes what a revision says. */
export function history({ db, pages, people, contents }: Ground) {
  const credited = (rows: readonly store.RevisionRow[], from: Reader) => signed(from, people, rows)

  async function byNumber(page: Page, number: number): Promise<Revision> {
    const row = await store.byNumber(db.read, page.id, number)
    const [revision] = row ? await credited([row], db.read) : []
    if (!revision) throw new RevisionNotFound(number)
    return revision
  }

  async function byId(id: string, from: Reader = db.read): Promise<Revision | undefined> {
    const row = await store.byId(from, id)
    return row && (await credited([row], from))[0]
  }

  async function document(
    { hash, number, hidden }: Pick<Revision, 'hash' | 'number' | 'hidden'>,
    from: Reader = db.read,
  ) {
    if (hidden.includes('text')) throw new TextHidden(number)
    if (hash === null) throw new NoText(number)
    return contents.read(from, hash)
  }

  async function html(page: Page, revision: Revision): Promise<string> {
    const text = await document(revision)
    return toHtml(text, await pages.context([text], page.language))
  }

  return {
    byNumber,
    byId,
    document,
    html,

    async head(page: Page): Promise<Head | undefined> {
      const row = page.head && (await heads.headOf(db.read, page.id))
      const revision = row && (await byId(row.revision_id))
      if (!row || !revision) return undefined
      const { words, text, outline } = row
      const made = { revision, outline: JSON.parse(outline) as Head['outline'], words, text }
      if (row.rendering >= page.rendering) return { ...made, html: row.html }
      // A page that this one links to was renamed, deleted or written since.
      const fresh = {
        page_id: page.id,
        revision_id: revision.id,
        rendering: page.rendering,
        html: await html(page, revision),
        outline,
        text,
      }
      await db.jot(tx => heads.refreshHead(tx, fresh))
      return { ...made, html: fresh.html }
    },

    async changes(asker: Asker, { limit = 50, before, by }: Slice & { by?: string | undefined }) {
      const place = before === undefined ? undefined : readPlace(before)
      const rows = await store.recent(db.read, { before: place, by, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      const found = await pages.byIds(shown.map(row => row.page_id))
      const changes: ChangeJson[] = []
      for (const revision of await credited(shown, db.read)) {
        const page = found.get(revision.pageId)
        if (!page || !mayRead(asker, page)) continue
        const { id, slug, title, language } = page
        changes.push({ ...revision, page: { id, slug, title, language } })
      }
      return { changes, next: last ? `${last.at}.${last.id}` : null }
    },

    async contributors(page: Page, limit = 10): Promise<{ people: (Credit & { revisions: number })[]; total: number }> {
      const rows = await contributors(db.read, page.id)
      const names = await people.byIds(rows.slice(0, limit).map(row => row.person_id))
      const shown = rows.slice(0, limit).flatMap(({ person_id, revisions }) => {
        const credit = creditFor(names, person_id)
        return credit ? [{ ...credit, revisions }] : []
      })
      return { people: shown, total: rows.length }
    },
  }
}

function readPlace(text: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(text) ?? []
  if (at === undefined || id === undefined) throw new Malformed('/before is no place that a list has given')
  return { at: Number(at), id }
}
