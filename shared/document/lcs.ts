import type { Match } from './align.ts'

/** Above this many comparisons the table of a longest common subsequence takes too long and too much room. */
export const tabled = 150_000_000

/**
 * A longest common subsequence of two stretches, exactly. Thirty-two comparisons are made at a time, in the bits of a
 * number: the algorithm of Crochemore, Iliopoulos, Pinzon and Reid (2001), in the form of Hyyrö (2004). A bit of a row is
 * 0 where one more of `b` makes the subsequence longer; all rows are kept, and read backwards for the way.
 */
export function longest(a: Int32Array, b: Int32Array): Match[] {
  const width = (b.length + 31) >> 5
  const masks = masksOf(a, b, width)
  const rows = new Int32Array((a.length + 1) * width).fill(-1, 0, width)
  for (let i = 0; i < a.length; i++) {
    const mask = masks.get(a[i] ?? -1)
    const [from, to] = [i * width, (i + 1) * width]
    if (!mask) {
      rows.copyWithin(to, from, to)
      continue
    }
    let carry = 0
    for (let word = 0; word < width; word++) {
      const row = rows[from + word] ?? 0
      const hits = row & (mask[word] ?? 0)
      const sum = (row >>> 0) + (hits >>> 0) + carry
      carry = sum > 0xffffffff ? 1 : 0
      rows[to + word] = sum | (row & ~hits)
    }
  }
  return wayBack(a, b, rows, width)
}

/** Where each key of `a` stands in `b`, as bits. */
function masksOf(a: Int32Array, b: Int32Array, width: number): Map<number, Int32Array> {
  const wanted = new Set(a)
  const masks = new Map<number, Int32Array>()
  for (const [j, key] of b.entries()) {
    if (!wanted.has(key)) continue
    const mask = masks.get(key) ?? new Int32Array(width)
    mask[j >> 5] = (mask[j >> 5] ?? 0) | (1 << (j & 31))
    masks.set(key, mask)
  }
  return masks
}

function wayBack(a: Int32Array, b: Int32Array, rows: Int32Array, width: number): Match[] {
  const found: Match[] = []
  // Whether the subsequence of the first i of `a` with the first j+1 of `b` is longer than with the first j.
  const grows = (i: number, j: number) => (((rows[i * width + (j >> 5)] ?? 0) >>> (j & 31)) & 1) === 0
  let [i, j] = [a.length, b.length - 1]
  while (i > 0 && j >= 0) {
    if (!grows(i, j)) j--
    else if (grows(i - 1, j)) i--
    else found.push([--i, j--])
  }
  return found.reverse()
}
