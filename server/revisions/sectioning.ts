import { setTimeout as wait } from 'node:timers/promises'
import { emptyDocument } from '../../shared/document/schema.ts'
import { changedSections, sectionsOf } from '../../shared/document/sections.ts'
import type { Ground } from './ground.ts'
import * as past from './past-store.ts'
import * as store from './section-store.ts'
import { keptSections } from './signed.ts'

/** How long after the start of the wiki it begins, in milliseconds. */
const patience = 5_000
const piece = 50

/**
 * Finds out which sections revisions changed that were published before anybody asked: in the background after the start
 * of the wiki, a page after the other. What is found stays, whenever it breaks off.
 */
export function sectioning({ db, contents, onFault }: Pick<Ground, 'db' | 'contents' | 'onFault'>) {
  let isClosing = false
  let last: Promise<void> = Promise.resolve()

  async function fillAll() {
    for (let after = ''; !isClosing;) {
      const pages = await store.pagesAfter(db.read, after, piece)
      for (const { id } of pages) {
        if (isClosing) return
        // One damaged text must not keep the other pages waiting.
        await fill(id).catch(onFault)
        after = id
      }
      if (pages.length < piece) return
    }
  }

  async function fill(pageId: string) {
    const found: { id: string; sections: string }[] = []
    for (const { id, hash, was } of await store.unsectioned(db.read, pageId)) {
      const began = performance.now()
      const before = sectionsOf(was === null ? emptyDocument() : await contents.read(db.read, was))
      const now = hash === null ? [] : sectionsOf(await contents.read(db.read, hash))
      found.push({ id, sections: keptSections(changedSections(before, now)) })
      // Half of the time belongs to everybody else.
      await wait(performance.now() - began)
      if (isClosing) break
    }
    if (found.every(({ sections }) => sections === '')) return
    await db.jot(async tx => {
      for (const { id, sections } of found) await store.putSections(tx, id, sections)
      await past.change(tx, pageId, Date.now())
    })
  }

  const timer = setTimeout(() => {
    last = fillAll().catch(onFault)
  }, patience).unref()

  return {
    async close() {
      isClosing = true
      clearTimeout(timer)
      await last
    },
  }
}
