import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { assemble, type Wiki } from '../../server/app.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { type Database, migrate, openDatabase } from '../../server/db/index.ts'

export interface FreshWiki extends Wiki {
  db: Database
  config: Config
  /** Ends the wiki and removes its folder. Inside a test this happens by itself. */
  close(): Promise<void>
}

let template: Promise<string> | undefined

/**
 * A wiki of its own in a new folder, migrated and assembled, not listening. Inside a test it closes itself; one made in
 * `beforeAll` is closed by whoever made it.
 */
export async function freshWiki(
  environment: Record<string, string> = {},
  parts: Parameters<typeof assemble>[2] = {},
): Promise<FreshWiki> {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-'))
  const file = join(folder, 'commonleaf.db')
  copyFileSync(await (template ??= migrated()), file)
  const config = readConfig({ DATA_DIR: folder, ...environment })
  const db = openDatabase(file)
  const wiki = await assemble(config, db, parts)
  await wiki.http.ready()

  const end = async () => {
    await wiki.http.close()
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  }
  let ended: Promise<void> | undefined
  const close = () => (ended ??= end())
  if (isInTest()) onTestFinished(close)
  return { ...wiki, db, config, close }
}

/** A migrated database to copy, made once: hundreds of tests would each wait for its commits. */
async function migrated(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-template-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'commonleaf.db')
  const db = openDatabase(file)
  await migrate(db)
  await db.close()
  return file
}

function isInTest(): boolean {
  try {
    onTestFinished(() => {})
    return true
  } catch {
    return false
  }
}
