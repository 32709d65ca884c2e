import { build } from './start/build.mjs'
import { requireChromium } from './start/chromium.mjs'
import { install } from './start/install.mjs'
import { requireNode } from './start/node.mjs'
import { fail, run } from './start/run.mjs'
import { test } from './start/tests.mjs'

/**
 * What `npm start` and `npm test` run as the very first command after a clone: plain JavaScript that needs no package.
 * It installs and builds what is missing or older than its sources, and nothing else, then runs what was asked for.
 */
const verbs = {
  async serve(args) {
    await build('server', 'client')
    return run('node', ['--enable-source-maps', 'dist/server/main.js', ...args], { patient: true })
  },
  async wiki(args) {
    await build('server')
    return run('node', ['--enable-source-maps', '--max-semi-space-size=4', 'dist/server/console/main.js', ...args], {
      patient: true,
    })
  },
  async test(args) {
    requireChromium()
    await build('server', 'client')
    return test(args)
  },
  async build() {
    await build('server', 'client')
    return 0
  },
  async bench(args) {
    await build('bench', 'client')
    return run('node', ['--expose-gc', '--enable-source-maps', 'dist/test/bench/index.js', ...args])
  },
  async check() {
    const steps = [
      ['oxfmt/bin/oxfmt', ['--check', '.']],
      ['oxlint/bin/oxlint', []],
      ['typescript/bin/tsc', ['-p', '.']],
      ['knip/bin/knip.js', ['--no-progress']],
    ]
    let worst = 0
    for (const [tool, args] of steps) worst = Math.max(worst, await run(tool, args))
    return worst
  },
  format: () => run('oxfmt/bin/oxfmt', ['.']),
}

const [verb = 'serve', ...args] = process.argv.slice(2)
requireNode()
await install()
process.exitCode = verb in verbs ? await verbs[verb](args) : fail(`there is no “${verb}” to run`)
