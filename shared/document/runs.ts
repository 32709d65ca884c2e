/** What stands for runs of letters, found by any of them. */
export class Runs<Value> {
  readonly #byClient = new Map<number, { clock: number; size: number; value: Value }[]>()

  add(client: number, clock: number, size: number, value: Value) {
    const runs = this.#byClient.get(client) ?? []
    this.#byClient.set(client, runs)
    const last = runs.at(-1)
    if (!last || last.clock < clock) runs.push({ clock, size, value })
    else runs.splice(after(runs, clock), 0, { clock, size, value })
  }

  at(client: number, clock: number) {
    return this.from(client, clock, 1).run
  }

  /** The run that a letter is in, if any, and for how many letters from there on that holds, at most so many. */
  from(client: number, clock: number, most: number) {
    const runs = this.#byClient.get(client)
    if (!runs) return { run: undefined, size: most }
    const place = after(runs, clock)
    const run = runs[place - 1]
    if (run && clock < run.clock + run.size) return { run, size: Math.min(most, run.clock + run.size - clock) }
    return { run: undefined, size: Math.min(most, (runs[place]?.clock ?? Infinity) - clock) }
  }
}

/** The place behind the last run that begins at a clock or before it. */
function after(runs: readonly { clock: number }[], clock: number): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.clock ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return low
}
