/**
 * A wiki in a process of its own that is killed while people type, over and over. After each kill what the file holds is
 * read before any of them is let back in: they would bring along what the server had lost, and nobody would notice.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { readConfig } from '../../server/config.ts'
import { openWiki } from '../../server/open.ts'
import { paragraphs } from './documents.ts'
import { Gate } from './gate.ts'
import { started } from './process.ts'
import { Typist, visit, wordsIn, wordsInFile } from './typist.ts'

export interface Killed {
  kills: number
  /** Edits whose acknowledgement a typist has heard. */
  acknowledged: number
  /** Kills at which edits had been sent and not been answered. */
  unanswered: number
  /**
   * Kills inside an open batch, as everybody outside can tell: an edit is in the file, and neither has its typist been
   * answered nor a colleague been shown it. The server sends both right behind the commit, so it died in between.
   */
  inBatch: number
  lost: Set<string>
  doubled: Set<string>
  /** What the connection that writes is set to; 2 is FULL. */
  synchronous: unknown
}

const letters = [...'abcdefgh']

/** Kills the server so many times while eight people type on three pages. */
export async function killing(folder: string, rounds: number, say: (line: string) => void = () => {}): Promise<Killed> {
  const { pages, cookies, synchronous } = await prepare(folder)
  const file = join(folder, 'commonleaf.db')
  const seen = { kills: 0, unanswered: 0, inBatch: 0, lost: new Set<string>(), doubled: new Set<string>() }
  let server = await started(folder)
  const gate = await Gate.open()
  gate.leadTo(server.port)
  const typists = letters.map((letter, at) => {
    const page = pages[at % pages.length] ?? ''
    return new Typist({ page, letter, cookie: cookies[at] ?? '', port: gate.port })
  })
  const everyone = (claim: (typist: Typist) => boolean) =>
    Promise.all(typists.map(typist => typist.client.until(() => claim(typist))))
  const acknowledged = () => typists.flatMap(typist => typist.acknowledged)

  /** What was acknowledged by now must be there, and nothing twice. */
  const compare = (found: readonly Map<string, number>[]) => {
    const all = new Map(found.flatMap(words => [...words]))
    for (const word of acknowledged()) if (!all.has(word)) seen.lost.add(word)
    for (const [word, times] of all) if (times > 1) seen.doubled.add(word)
  }

  try {
    for (seen.kills = 0; seen.kills < rounds; seen.kills++) {
      await everyone(({ client }) => client.isSynced)
      for (const typist of typists) typist.begin()
      await wait(20 + Math.random() * 150)
      gate.shut()
      await server.stop('SIGKILL')
      await everyone(({ client }) => !client.isSynced)
      for (const typist of typists) typist.pause()

      const held = await wordsInFile(file, pages)
      compare(held)
      const sent = typists.flatMap(typist => typist.unanswered.map(word => ({ typist, word })))
      if (sent.length > 0) seen.unanswered++
      if (sent.some(({ typist, word }) => held.some(words => words.has(word)) && !isShown(typists, typist, word)))
        seen.inBatch++
      // What they type while nobody answers comes with them when they are let in again.
      for (const typist of typists) typist.type()

      server = await started(folder)
      compare(await wordsInFile(file, pages))
      compare(await read(server.port, pages, cookies[0] ?? ''))
      gate.leadTo(server.port)
      if ((seen.kills + 1) % 20 === 0) say(`${seen.kills + 1} kills, ${acknowledged().length} edits acknowledged`)
    }
    await Promise.all(typists.map(({ client }) => client.saved()))
    compare(await wordsInFile(file, pages))
    return { ...seen, synchronous, acknowledged: acknowledged().length }
  } finally {
    for (const typist of typists) {
      typist.pause()
      typist.client.destroy()
    }
    await server.stop('SIGKILL')
    await gate.close()
  }
}

const isShown = (typists: readonly Typist[], author: Typist, word: string) =>
  typists.some(other => other !== author && other.page === author.page && wordsIn(other.client.ydoc).has(word))

/** What somebody sees who has never been on these pages. */
const read = (port: number, pages: readonly string[], cookie: string) =>
  Promise.all(
    pages.map(async page => {
      const client = visit(port, page, cookie)
      await client.until(() => client.isSynced)
      client.destroy()
      return wordsIn(client.ydoc)
    }),
  )

/** Three pages and eight people. */
async function prepare(folder: string) {
  const wiki = await openWiki(readConfig({ DATA_DIR: folder }))
  if (!wiki) throw new Error(`${folder} is held by another process`)
  const { db, accounts, pages } = wiki
  try {
    return await db.write(async tx => {
      const cookies: string[] = []
      for (const handle of letters) {
        const role = { role: 'member', state: 'active', email: null, passwordHash: null } as const
        const person = await accounts.people.create(tx, { handle, name: handle, ...role })
        cookies.push(`session=${await accounts.sessions.begin(tx, person.id, 'kill')}`)
      }
      const made: string[] = []
      for (const title of ['Oak', 'Birch', 'Elm']) {
        const document = paragraphs(...Array.from({ length: 12 }, () => '-'))
        const text = { document, language: 'en', licence: 'CC-BY-SA-4.0', by: null }
        made.push((await pages.create(tx, { title, ...text })).id)
      }
      const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(tx)
      return { pages: made, cookies, synchronous: rows[0]?.synchronous }
    })
  } finally {
    await wiki.close()
  }
}
