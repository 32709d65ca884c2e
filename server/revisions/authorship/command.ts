import { type Command, exit } from '../../command.ts'
import type { Database } from '../../db/index.ts'
import type { Page, Pages } from '../../pages/index.ts'
import type { Revisions } from '../service.ts'
import * as store from './store.ts'

interface Rooms {
  db: Database
  pages: Pick<Pages, 'byId' | 'bySlug'>
  revisions: Pick<Revisions, 'authorship'>
}

/** Working out anew what was written down: the same comes out, unless it was damaged or is worked out better by now. */
export const rebuildCommand: Command<Rooms> = {
  usage: ['rebuild authorship [PAGE] [--json]'],
  summary: 'Work out anew who wrote what, of every page or of one (its address or id), from the texts.',
  async run([what, name, ...more], io, { db, pages, revisions: { authorship } }) {
    if (what !== 'authorship' || name?.startsWith('-') || more.length > 0) return exit.usage
    const done = { pages: 0, revisions: 0, changed: [] as string[] }
    for await (const id of name === undefined ? store.everyPage(db.read) : [(await pageNamed(name)).id]) {
      if (io.signal.aborted) break
      const { revisions, isSame } = await authorship.rebuild(id, io.signal)
      done.pages++
      done.revisions += revisions
      if (!isSame) done.changed.push(id)
      if (done.pages % 100 === 0) io.err(`${done.pages} pages, ${done.revisions} revisions\n`)
    }
    io.out(
      io.json
        ? `${JSON.stringify(done)}\n`
        : `Who wrote what was worked out for ${done.revisions} revisions of ${done.pages} pages; ` +
            (done.changed.length === 0
              ? 'all of it was so written down.\n'
              : `${done.changed.length} pages have changed.\n`),
    )
    return io.signal.aborted ? exit.failed : exit.ok

    async function pageNamed(named: string): Promise<Page> {
      const slug = named.replace(/^\/?wiki\//, '')
      const page = (await pages.byId(named)) ?? (await pages.bySlug(slug))?.page
      if (!page) throw new Error(`There is no page “${named}”.`)
      return page
    }
  },
}
