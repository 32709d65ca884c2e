import type { Foundations } from '../ground.ts'
import type { Authorship } from './service.ts'

/** How long after the last page was imported it begins, in milliseconds: an import has the machine to itself. */
const patience = 5_000
const piece = 20

/**
 * Works out in the background whose the words of imported histories are, a page after the other, giving way to everyone.
 * What is written down stays, whenever it breaks off; what is not is found by its absence.
 */
export function background(
  { events, onFault }: Pick<Foundations, 'events' | 'onFault'>,
  { due, catchUp }: Pick<Authorship, 'due' | 'catchUp'>,
) {
  const closing = new AbortController()
  const { signal } = closing
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()

  function soon() {
    clearTimeout(timer)
    timer = signal.aborted ? undefined : setTimeout(begin, patience).unref()
  }

  function begin() {
    timer = undefined
    last = last.then(catchUpAll).catch((fault: unknown) => {
      if (!signal.aborted) onFault(fault)
    })
  }

  async function catchUpAll() {
    for (let after = ''; ;) {
      const pages = await due(after, piece)
      for (const page of pages) {
        signal.throwIfAborted()
        // Another import has begun meanwhile, and will be followed.
        if (timer) return
        // One damaged text must not keep the other pages waiting.
        await catchUp(page, { gently: true, signal }).catch((fault: unknown) => {
          if (signal.aborted) throw fault
          onFault(fault)
        })
        after = page
      }
      if (pages.length < piece) return
    }
  }

  events.after('revision published', ({ kind }) => {
    if (kind === 'import') soon()
  })
  soon()
  return {
    async close() {
      closing.abort()
      clearTimeout(timer)
      await last
    },
  }
}
