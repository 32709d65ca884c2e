import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { SqliteConnection } from '../../server/db/engine.sqlite.ts'
import { databaseFile } from '../../server/db/index.ts'
import { readConfig } from '../../server/config.ts'
import { openWiki } from '../../server/open.ts'
import type { Asked } from '../../server/upkeep/backup.ts'
import { check } from '../../server/upkeep/check/check.ts'
import { found } from '../../server/upkeep/check/words.ts'
import { restore } from '../../server/upkeep/restore.ts'
import { starts, types } from '../revisions/writers.ts'
import { as } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

/** A folder of its own that goes when the test ends. */
export function elsewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-upkeep-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What the verbs of upkeep are asked with: nobody listens, nobody stops them. */
export const asked = (folder: string, file: string, force = false): Asked => ({
  folder,
  file,
  force,
  tell: () => {},
  signal: new AbortController().signal,
})

/** A wiki in which two people have written: a page of three revisions and an open draft, and one that was deleted. */
export async function writtenWiki() {
  const wiki = await freshWiki()
  const [ada, bo, mo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const oak = await starts(ada, 'Oak', 'An oak.')
  for (const words of [' of old', ' and of late']) {
    await types(wiki, bo, oak.id, 'An oak', words)
    await wiki.revisions.publish(bo.person, oak.id, {})
  }
  await types(wiki, ada, oak.id, 'An oak', ' (unpublished)')
  const elm = await starts(ada, 'Elm', 'An elm.')
  await mo.delete(`/api/v1/pages/${elm.id}`)
  return { wiki, ada, bo, mo, oak, elm }
}

/** What the check says of a wiki, in words. */
export async function checked({ config }: Pick<FreshWiki, 'config'>): Promise<string[]> {
  const report = await check({ folder: config.DATA_DIR, tell: () => {}, signal: new AbortController().signal })
  return report.findings.map(found)
}

/** The wiki that a backup makes in an empty folder. */
export async function openedCopy(file: string): Promise<FreshWiki> {
  const folder = elsewhere()
  await restore(asked(folder, file))
  return openedWiki(folder)
}

/** The wiki in a folder, which stays when it is closed. */
export async function openedWiki(folder: string): Promise<FreshWiki> {
  const config = readConfig({ DATA_DIR: folder })
  const wiki = await openWiki(config)
  if (!wiki) throw new Error('somebody else holds the folder')
  let closed: Promise<void> | undefined
  const close = () => (closed ??= wiki.close())
  onTestFinished(close)
  return { ...wiki, config, close }
}

/** Does to the database what no wiki would. */
export function harm({ config }: Pick<FreshWiki, 'config'>, sql: string, values: Record<string, string> = {}) {
  const db = new SqliteConnection(databaseFile(config.DATA_DIR))
  db.pragma('foreign_keys = off')
  db.prepare(sql).run(values)
  db.close()
}
