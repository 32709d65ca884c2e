import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'

const counted = join(root, '.cache/tests.json')

/** Runs the tests and ends with the plain line that says how many passed; promises the exit code. */
export async function test(args) {
  rmSync(counted, { force: true })
  const code = await run('vitest/vitest.mjs', ['run', ...args])
  if (!existsSync(counted)) return code || 1
  const { passed, failed, skipped } = JSON.parse(readFileSync(counted, 'utf8'))
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  return failed > 0 || passed === 0 ? code || 1 : code
}
