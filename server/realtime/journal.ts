import type { Database, Writer } from '../db/index.ts'

export type Commit = <Result>(work: (tx: Writer) => Promise<Result>) => Promise<Result>

/** How long the disk is left in peace after a commit, in milliseconds: one is dear, however little it writes. */
const breath = 2

export interface Watch {
  /** Called with the milliseconds that a commit took. */
  onCommitted: (milliseconds: number) => void
  onFailed: () => void
}

interface Waiting {
  work: (tx: Writer) => Promise<void>
  settle: { done: () => void; failed: (reason: unknown) => void }
}

/**
 * Puts what several pages have to write at one moment into one transaction, so that they share one wait for the disk.
 * If it fails each is tried alone, so that one page's fault is not another's.
 */
export function journal(db: Database, { onCommitted, onFailed }: Watch): Commit {
  let waiting: Waiting[] = []
  let isWriting = false
  let breathesUntil = 0

  /** Whatever arrives until it begins, or while the one before is under way, makes up one transaction. */
  function begin() {
    isWriting = waiting.length > 0
    if (!isWriting) return
    const wait = breathesUntil - performance.now()
    // Behind the other pages whose turn it is in this round of the event loop.
    if (wait <= 0) setImmediate(() => void write())
    // Many pages would keep the disk busy without end: after a pause more of them share one.
    else setTimeout(() => void write(), wait)
  }

  async function write() {
    const together = waiting
    waiting = []
    if (together.length === 1 || !(await all(together)))
      for (const { work, settle } of together) await alone(work).then(settle.done, settle.failed)
    begin()
  }

  async function all(together: Waiting[]) {
    try {
      await timed(async tx => {
        for (const { work } of together) await work(tx)
      })
    } catch {
      return false
    }
    for (const { settle } of together) settle.done()
    return true
  }

  async function timed(work: (tx: Writer) => Promise<void>) {
    const begun = performance.now()
    await db.write(work)
    const now = performance.now()
    onCommitted(now - begun)
    breathesUntil = now + breath
  }

  const alone = (work: (tx: Writer) => Promise<void>) =>
    timed(work).catch((error: unknown) => {
      onFailed()
      throw error
    })

  return work =>
    new Promise((resolve, reject) => {
      let answer: { value: Awaited<ReturnType<typeof work>> } | undefined
      waiting.push({
        work: async tx => {
          answer = { value: await work(tx) }
        },
        settle: {
          failed: reject,
          done: () => (answer ? resolve(answer.value) : reject(new Error('a transaction ended without its work'))),
        },
      })
      if (!isWriting) begin()
    })
}
