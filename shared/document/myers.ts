import type { Match } from './align.ts'

/**
 * What is the same in two rows once as few keys as can be are taken away and put in, if `most` of those suffice: Myers' greedy
 * algorithm (An O(ND) difference algorithm and its variations, 1986). Of ways that are equally short it goes the one of
 * the libraries: what can be taken away first is, and what stays stays as early as it can.
 */
export function fewestEdits(a: Int32Array, b: Int32Array, most: number): Match[] | undefined {
  const [wide, high] = [a.length, b.length]
  if (Math.abs(wide - high) > most) return undefined
  /** How far into `a` each diagonal came, edit by edit; -1 where none goes on. */
  const reached: Int32Array[] = []
  // Beyond a diagonal that came to an edge no other ends sooner.
  let [lowest, highest] = [-Infinity, Infinity]
  for (let edits = 0; edits <= most; edits++) {
    const row = new Int32Array(edits + 1).fill(-1)
    reached.push(row)
    for (let slot = 0; slot <= edits; slot++) {
      const diagonal = 2 * slot - edits
      if (diagonal < lowest || diagonal > highest) continue
      const from = edits === 0 ? 0 : begin(reached[edits - 1], slot, diagonal, wide, high).x
      if (from < 0) continue
      let x = from
      while (x < wide && x - diagonal < high && a[x] === b[x - diagonal]) x++
      row[slot] = x
      if (x === wide && x - diagonal === high) return wayBack(reached, slot, wide, high)
      if (x === wide) highest = Math.min(highest, diagonal - 1)
      if (x - diagonal === high) lowest = Math.max(lowest, diagonal + 1)
    }
  }
  return undefined
}

/** Where a diagonal is entered: from the one below it by taking a key of `a` away, or from above by putting one of `b` in. */
function begin(before: Int32Array | undefined, slot: number, diagonal: number, wide: number, high: number) {
  const [below, above] = [before?.[slot - 1] ?? -1, before?.[slot] ?? -1]
  const canTake = below >= 0 && below < wide
  const canPut = above >= 0 && above - diagonal <= high
  if (canPut && (!canTake || below < above)) return { x: above, slot }
  return { x: canTake ? below + 1 : -1, slot: slot - 1 }
}

function wayBack(reached: readonly Int32Array[], last: number, wide: number, high: number): Match[] {
  const found: Match[] = []
  let slot = last
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const diagonal = 2 * slot - edits
    const from = edits === 0 ? { x: 0, slot } : begin(reached[edits - 1], slot, diagonal, wide, high)
    for (let x = (reached[edits]?.[slot] ?? 0) - 1; x >= from.x; x--) found.push([x, x - diagonal])
    slot = from.slot
  }
  return found.reverse()
}
