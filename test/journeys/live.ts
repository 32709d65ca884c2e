import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Node } from 'prosemirror-model'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { readConfig } from '../../server/config.ts'
import { openDatabase, type Reader } from '../../server/db/index.ts'
import { drafts } from '../../server/drafts/index.ts'
import { events } from '../../server/events.ts'
import { openWiki } from '../../server/open.ts'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import type { Tab } from '../support/browser.ts'
import { as, type Member } from '../support/people.ts'
import { dataFolder, serving } from '../support/process.ts'
import type { FreshWiki } from '../support/wiki.ts'
import { caretBehind, opensEdit, signedIn, type Started, starts } from '../support/town.ts'

/** A wiki in a process of its own, which can be stopped or killed and comes back at the same address. */
export interface Served {
  base: string
  folder: string
  /** Ends the process: SIGTERM is a deploy, SIGKILL a crash. Resolves once it has ended. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  start(): Promise<void>
  /** What the log holds of a page's draft, whether or not the process runs: a line for each block. */
  logged(pageId: string): Promise<string>
  /** The same after each row of the log, and when that row was written. */
  history(pageId: string): Promise<{ at: number; text: string }[]>
  /** Which epoch of the draft is written in. */
  epoch(pageId: string): Promise<number>
}

/** Begins a wiki with what `make` puts into it, and serves it. */
export async function served<Made>(
  make: (wiki: FreshWiki) => Promise<Made>,
  settings: Record<string, string> = {},
): Promise<Served & Made> {
  const folder = dataFolder()
  const made = await prepared(folder, make)
  let running = await serving(folder, settings)
  const base = running.address
  return {
    ...made,
    base,
    folder,
    async stop(signal) {
      await running.stop(signal)
    },
    async start() {
      running = await serving(folder, { ...settings, PORT: new URL(base).port })
    },
    logged: pageId => reading(folder, async db => linesOf((await logs.load(db, pageId)).document())),
    epoch: pageId => reading(folder, async db => (await logs.standing(db, pageId))?.epoch ?? 0),
    history: pageId => reading(folder, db => history(db, pageId)),
  }
}

/** Serves a wiki with Ada, Bo and the page Oak, which Ada has started with this text. */
export const servedOak = (markdown: string, settings?: Record<string, string>) =>
  served(async made => {
    const ada = await as(made, 'member', { name: 'Ada' })
    const bo = await as(made, 'member', { name: 'Bo' })
    return { ada, bo, page: await starts(ada, 'Oak', markdown) }
  }, settings)

/** Opens Edit for Ada and for Bo, each with the caret behind a line of their own. Promises Bo's tab. */
export async function bothEdit(here: Pick<Served, 'base'> & { bo: Member }, ada: Tab): Promise<Tab> {
  const bo = await signedIn(here, here.bo)
  for (const [page, line] of [
    [ada, 'Ada:'],
    [bo, 'Bo:'],
  ] as const) {
    await opensEdit(page, 'Oak')
    await caretBehind(page, line)
  }
  return bo
}

/** People and pages are made before the process starts: as its own requests would, only without a network. */
async function prepared<Made>(folder: string, make: (wiki: FreshWiki) => Promise<Made>): Promise<Made> {
  const config = readConfig({ DATA_DIR: folder })
  const wiki = await openWiki(config)
  if (!wiki) throw new Error(`${folder} is in use`)
  await wiki.http.ready()
  try {
    return await make({ ...wiki, config })
  } finally {
    await wiki.close()
  }
}

const logs = drafts({ events: events() })

async function reading<Result>(folder: string, read: (db: Reader) => Promise<Result>): Promise<Result> {
  const db = openDatabase(join(folder, 'commonleaf.db'))
  try {
    return await read(db.read)
  } finally {
    await db.close()
  }
}

async function history(db: Reader, pageId: string) {
  const rows = await db.selectFrom('draft_updates').selectAll().where('page_id', '=', pageId).orderBy('seq').execute()
  const ydoc = new Y.Doc()
  return rows.map(({ at, payload }) => {
    Y.applyUpdate(ydoc, payload)
    return { at, text: linesOf(documentOf(fragmentOf(ydoc))) }
  })
}

function linesOf(document: Node): string {
  const lines: string[] = []
  document.forEach(block => lines.push(block.textContent))
  return lines.join('\n')
}

/** What somebody sees of the text, without the carets of others: a line for each block. */
export const linesOn = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const blocks = [...document.querySelectorAll('.ProseMirror > *')].map(block => {
      const copy = document.createElement('div')
      copy.append(block.cloneNode(true))
      for (const widget of copy.querySelectorAll('.ProseMirror-widget, .remote-caret')) widget.remove()
      return copy.textContent
    })
    return blocks.join('\n')
  })

/** Waits until somebody sees exactly these lines. */
export const reads = (page: Page, lines: string) => expect.poll(() => linesOn(page)).toBe(lines)

/** Publishes the draft as whoever sits there, and answers who is credited for it. */
export async function authorsOf(page: Page, { id }: Started): Promise<string[]> {
  const address = new URL(`/api/v1/pages/${id}/revisions`, page.url()).href
  const headers = { origin: new URL(address).origin }
  const published = await page.request.post(address, { headers, data: { summary: 'What we wrote' } })
  expect(published.status(), await published.text()).toBe(201)
  const { revisions }: { revisions: { authors: { name: string }[] }[] } = await (await page.request.get(address)).json()
  return (revisions[0]?.authors ?? []).map(({ name }) => name).toSorted()
}
