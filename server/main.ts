import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { assemble } from './app.ts'
import { readConfig, WrongSettings } from './config.ts'
import { migrate, openDatabase } from './db/index.ts'

try {
  const config = readConfig(process.env)
  mkdirSync(config.DATA_DIR, { recursive: true })
  const db = openDatabase(join(config.DATA_DIR, 'commonleaf.db'))
  await migrate(db)
  const wiki = await assemble(config, db)
  await wiki.http.listen({ port: config.PORT, host: config.HOST })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void wiki.http.close().then(() => db.close()))
} catch (error) {
  if (!(error instanceof WrongSettings)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
