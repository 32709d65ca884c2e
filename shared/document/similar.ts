import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import { alike, same, similarity, weight } from './fingerprint.ts'

/** Above this many comparisons in one gap only nodes at about the same height are compared. */
export const affordable = 4000

/** The best pairing of equal and similar nodes that keeps their order; those that are `elsewhere` are like no other. */
export function similar(a: readonly Node[], b: readonly Node[], elsewhere: ReadonlySet<Node> = new Set()): Match[] {
  if (a.length === 0 || b.length === 0) return []
  const reach = Math.max(2, Math.floor(affordable / (2 * a.length)))
  const width = b.length + 1
  if ((a.length + 1) * width > 8_000_000) return []
  const table = new Float64Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    const middle = Math.round((i * b.length) / a.length)
    for (let j = b.length - 1; j >= 0; j--) {
      const [left, right] = [a[i], b[j]]
      const near = a.length * b.length <= affordable || Math.abs(j - middle) <= reach
      const score = near && left && right ? likeness(left, right, elsewhere) : 0
      const skip = Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0)
      const next = table[(i + 1) * width + j + 1] ?? 0
      // Of several ways, the one in which something stands in the place of what went.
      table[i * width + j] = Math.max(skip, next + (score > 0 ? score : inPlace))
    }
  }
  const pairs: Match[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    const here = table[i * width + j] ?? 0
    if (here === (table[(i + 1) * width + j] ?? 0)) i++
    else if (here === (table[i * width + j + 1] ?? 0)) j++
    else {
      if (here > (table[(i + 1) * width + j + 1] ?? 0) + inPlace) pairs.push([i, j])
      i++
      j++
    }
  }
  return pairs
}

/** Equal ones are worth more than those that only look it, and long ones more than short ones. */
function likeness(a: Node, b: Node, elsewhere: ReadonlySet<Node>): number {
  if (same(a, b)) return weight(a)
  if (elsewhere.has(a) || elsewhere.has(b)) return 0
  const score = similarity(a, b)
  return score >= alike ? score * slightly * Math.min(weight(a), weight(b)) : 0
}
const slightly = 0.99
/** Less than any likeness, however often. */
const inPlace = 2 ** -16
