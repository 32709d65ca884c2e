import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root, run, tell } from './run.mjs'
import { fingerprint, stamp, stampIn } from './stamp.mjs'

const mark = 'node_modules/.commonleaf'

/** Installs the packages of the lock file, unless that very lock file is installed already for this Node. */
export async function install() {
  const wanted = fingerprint(
    ['package-lock.json', '.npmrc'],
    /./,
    process.versions.modules,
    process.platform,
    process.arch,
  )
  const installed = stampIn(mark)
  if (installed === wanted) return
  if (isComplete() && (await sqliteRuns())) return stamp(mark, wanted)
  tell(installed ? 'The lock file or Node has changed: installing packages …' : 'Installing packages …')
  // NODE_ENV=production would leave out what builds the wiki.
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']).catch(() =>
    fail('npm was not found. It comes with Node: https://nodejs.org'),
  )
  if (code !== 0) fail(failed)
  if (!(await sqliteRuns())) fail(noSqlite)
  stamp(mark, wanted)
}

/** Whether someone else has installed exactly what the lock file names, as `npm install` notes it down. */
function isComplete() {
  const note = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(note)) return false
  const { packages: there } = JSON.parse(readFileSync(note, 'utf8'))
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || (there[path]?.version ?? (optional && version)) === version,
  )
}

/**
 * Whether SQLite runs on this Node (see server/db/engine.sqlite.ts for which). A copy of node_modules may hold a binary
 * for another Node; it is built again before anyone gives up. Newer ones bring their binaries.
 */
async function sqliteRuns() {
  const isNewer = Number.parseInt(process.versions.node) >= 22
  const engine = isNewer ? 'better-sqlite3-node22' : 'better-sqlite3'
  const runs = () => run('node', ['-e', `new (require('${engine}'))(':memory:')`], { stdio: 'ignore' })
  if ((await runs()) === 0) return true
  if (isNewer) return false
  rmSync(join(root, 'node_modules/better-sqlite3/build'), { recursive: true, force: true })
  return (await run('npm', ['rebuild', 'better-sqlite3', '--loglevel=error'])) === 0 && (await runs()) === 0
}

const failed = `The packages could not be installed; npm says why above.
Without a network nothing can be fetched: connect, then run this command again.
If it stopped at better-sqlite3: there is no ready-made binary for this machine, so it is compiled here,
which needs python3, make and g++ (Debian: apt-get install python3 make g++).`

const noSqlite = `better-sqlite3 is installed but does not run here. There is no ready-made binary for this machine, so it
must be compiled, which needs python3, make and g++ (Debian: apt-get install python3 make g++). Then run this again.`
