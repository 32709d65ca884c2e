import { setImmediate } from 'node:timers/promises'

/** How long long work may hold the process, in milliseconds, before others have their turn. */
const turn = 15

/** Something to call often during long work: once a turn is over it lets everyone else go first. */
export function pace() {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < turn) return
    await setImmediate()
    began = performance.now()
  }
}
