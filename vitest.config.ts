import { defineConfig } from 'vitest/config'
import { FastFirst } from './test/support/order.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    pool: 'threads',
    isolate: false,
    // Half of a test's time is waiting for a disk or a browser, so both cores of a small machine may be kept busy.
    maxWorkers: '100%',
    sequence: { sequencer: FastFirst },
    reporters: ['default', './test/support/count.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A poll waits for an event, as a locator does, and on a busy machine that may come late.
    expect: { poll: { timeout: 20_000 } },
  },
})
