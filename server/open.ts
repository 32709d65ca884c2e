import { assemble, type Wiki } from './app.ts'
import type { Config } from './config.ts'
import { type Database, databaseFile, type Held, holdFolder, migrate, openDatabase } from './db/index.ts'
import { finishRestore } from './upkeep/index.ts'

/** A wiki that is ready to work, and what puts it away again: its sockets, its database, its hold on the folder. */
export interface OpenWiki extends Wiki {
  db: Database
  close(): Promise<void>
}

/** Opens the wiki in the data folder, in its newest shape; undefined where another process holds that folder. */
export async function openWiki(config: Config): Promise<OpenWiki | undefined> {
  const held = holdFolder(config.DATA_DIR)
  return held && openHeld(config, held)
}

async function openHeld(config: Config, held: Held): Promise<OpenWiki> {
  finishRestore(config.DATA_DIR)
  const db = openDatabase(databaseFile(config.DATA_DIR))
  const shut = async () => {
    await db.close()
    held.release()
  }
  try {
    await migrate(db)
    const wiki = await assemble(config, db)
    const close = async () => {
      try {
        await wiki.http.close()
      } finally {
        await shut()
      }
    }
    return { ...wiki, db, close }
  } catch (error) {
    await shut()
    throw error
  }
}
