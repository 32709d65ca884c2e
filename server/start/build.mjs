import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root, run, tell } from './run.mjs'
import { fingerprint, stamp, stampIn } from './stamp.mjs'

const lock = ['package-lock.json', 'tsconfig.json']

/** What can be built: from which sources, into which folders, by what. */
const parts = {
  server: {
    sources: ['server', 'shared', 'migrations', ...lock],
    endings: /(\.ts|tsconfig\.json|package-lock\.json)$/,
    into: ['dist/server', 'dist/shared', 'dist/migrations'],
    by: ['typescript/bin/tsc', ['-p', 'server']],
  },
  client: {
    sources: ['client', 'shared', 'vite.config.ts', ...lock],
    endings: /./,
    into: ['dist/client'],
    by: ['vite/bin/vite.js', ['build', '--logLevel', 'warn']],
  },
  bench: {
    sources: ['server', 'shared', 'migrations', 'test/bench', 'test/support', ...lock],
    endings: /(\.ts|tsconfig\.json|package-lock\.json)$/,
    into: ['dist/server', 'dist/shared', 'dist/migrations', 'dist/test'],
    by: ['typescript/bin/tsc', ['-p', 'test/bench']],
  },
}

/** Builds the named parts whose sources say something else than when they were last built. */
export async function build(...names) {
  for (const name of names) {
    const { sources, endings, into, by } = parts[name]
    const mark = `dist/.stamps/${name}`
    const wanted = fingerprint(sources, endings)
    if (stampIn(mark) === wanted) continue
    tell(`Building the ${name} …`)
    // Files whose source is gone must not stay behind; a build that breaks off must not look finished.
    for (const folder of [mark, ...into]) rmSync(join(root, folder), { recursive: true, force: true })
    if ((await run(...by)) !== 0) fail(`The ${name} could not be built; the faults are listed above.`)
    stamp(mark, wanted)
  }
}
