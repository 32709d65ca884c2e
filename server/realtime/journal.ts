import type { Database, Writer } from '../db/index.ts'

export type Commit = <Result>(work: (tx: Writer) => Promise<Result>) => Promise<Result>

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

  /** Whatever arrives while one transaction is under way makes up the next. */
  async function write() {
    while (waiting.length > 0) {
      const together = waiting
      waiting = []
      if (together.length > 1 && (await all(together))) continue
      for (const { work, settle } of together) await alone(work).then(settle.done, settle.failed)
    }
    isWriting = false
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
    onCommitted(performance.now() - begun)
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
      if (isWriting) return
      isWriting = true
      // Behind the other pages whose turn it is in this round of the event loop.
      setImmediate(() => void write())
    })
}
