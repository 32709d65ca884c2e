import { mkdirSync, writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Leaves the numbers of a run in `.cache/tests.json`, for the line that `npm test` ends with. What failed outside of a
 * test (a file that does not load, a promise nobody waited for) counts as a failure too.
 */
export default class Count implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]) {
    const count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        count[state === 'pending' ? 'skipped' : state]++
      }
      count.failed += module.errors().length
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length
    }
    mkdirSync('.cache', { recursive: true })
    writeFileSync('.cache/tests.json', JSON.stringify(count))
  }
}
