import { longest, tabled } from './lcs.ts'

/** Two places, one in each sequence, that hold the same thing. */
export type Match = readonly [a: number, b: number]

/** Above this many comparisons a stretch is no longer matched by weight. */
const affordable = 250_000

/**
 * The heaviest common subsequence of two sequences of keys, in order; without weights the longest. Exact on short
 * stretches (Wagner and Fischer's table); long ones are first cut at landmarks, keys that occur once on either side, as
 * in Bram Cohen's patience diff, so that thousands of blocks stay fast.
 */
export function align(keysA: readonly string[], keysB: readonly string[], weigh?: (a: number) => number): Match[] {
  const numbers = new Map<string, number>()
  const [a, b] = [numbered(keysA, numbers), numbered(keysB, numbers)]
  const found: Match[] = []
  const pending: [number, number, number, number][] = [[0, a.length, 0, b.length]]
  for (let next = pending.pop(); next; next = pending.pop()) {
    let [fromA, toA, fromB, toB] = next
    while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) found.push([fromA++, fromB++])
    while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) found.push([--toA, --toB])
    const size = (toA - fromA) * (toB - fromB)
    if (size === 0) continue
    if (weigh && size <= affordable) {
      exactly(a, b, weigh, fromA, toA, fromB, toB, found)
      continue
    }
    const isTabled = size <= tabled
    const landmarks = isTabled && !weigh ? [] : uncrossed(landmarksOf(a, b, fromA, toA, fromB, toB), weigh ?? (() => 1))
    if (landmarks.length > 0) {
      for (const [atA, atB] of landmarks) {
        pending.push([fromA, atA, fromB, atB])
        found.push([atA, atB])
        fromA = atA + 1
        fromB = atB + 1
      }
      pending.push([fromA, toA, fromB, toB])
    } else if (isTabled) {
      for (const [i, j] of longest(a.subarray(fromA, toA), b.subarray(fromB, toB))) found.push([fromA + i, fromB + j])
    } else greedily(a, b, fromA, toA, fromB, toB, found)
  }
  return found.sort((one, other) => one[0] - other[0])
}

/** Numbers compare faster than long keys. */
function numbered(keys: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(keys, key => {
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
}

/** Of matches that may cross, those of the greatest total weight that do not. */
export function uncrossed(matches: readonly Match[], weigh: (a: number) => number): Match[] {
  const ordered = [...matches].sort((one, other) => one[0] - other[0])
  const places = [...new Set(ordered.map(match => match[1]))].sort((x, y) => x - y)
  const rank = new Map(places.map((place, index) => [place, index + 1]))
  const sums = new Float64Array(ordered.length)
  const before = new Int32Array(ordered.length).fill(-1)
  // A Fenwick tree of the heaviest chain that ends at or before a place in b.
  const tree = new Int32Array(places.length + 1).fill(-1)
  let last = -1
  for (const [index, match] of ordered.entries()) {
    const at = rank.get(match[1]) ?? 0
    let best = -1
    for (let i = at - 1; i > 0; i -= i & -i) best = heavier(sums, best, tree[i] ?? -1)
    before[index] = best
    sums[index] = weigh(match[0]) + (best < 0 ? 0 : (sums[best] ?? 0))
    for (let i = at; i < tree.length; i += i & -i) tree[i] = heavier(sums, tree[i] ?? -1, index)
    last = heavier(sums, last, index)
  }
  const chain: Match[] = []
  for (let at = last; at >= 0; at = before[at] ?? -1) {
    const match = ordered[at]
    if (match) chain.push(match)
  }
  return chain.reverse()
}

function heavier(sums: Float64Array, one: number, other: number): number {
  if (one < 0) return other
  if (other < 0) return one
  return (sums[other] ?? 0) > (sums[one] ?? 0) ? other : one
}

function landmarksOf(a: Int32Array, b: Int32Array, fromA: number, toA: number, fromB: number, toB: number): Match[] {
  const once = (keys: Int32Array, from: number, to: number) => {
    const at = new Map<number, number>()
    for (let i = from; i < to; i++) at.set(keys[i] ?? -1, at.has(keys[i] ?? -1) ? -1 : i)
    return at
  }
  const inB = once(b, fromB, toB)
  const marks: Match[] = []
  for (const [key, atA] of once(a, fromA, toA)) {
    const atB = inB.get(key)
    if (atA >= 0 && atB !== undefined && atB >= 0) marks.push([atA, atB])
  }
  return marks
}

function exactly(
  a: Int32Array,
  b: Int32Array,
  weigh: (a: number) => number,
  fromA: number,
  toA: number,
  fromB: number,
  toB: number,
  found: Match[],
) {
  const width = toB - fromB + 1
  const table = new Float64Array((toA - fromA + 1) * width)
  for (let i = toA - 1; i >= fromA; i--) {
    const key = a[i]
    const worth = weigh(i)
    const row = (i - fromA) * width
    for (let j = toB - 1; j >= fromB; j--) {
      const at = row + j - fromB
      const skip = Math.max(table[at + width] ?? 0, table[at + 1] ?? 0)
      table[at] = key === b[j] ? Math.max(skip, worth + (table[at + width + 1] ?? 0)) : skip
    }
  }
  let [i, j] = [fromA, fromB]
  while (i < toA && j < toB) {
    const at = (i - fromA) * width + j - fromB
    const here = table[at] ?? 0
    if (a[i] === b[j] && here === weigh(i) + (table[at + width + 1] ?? 0)) found.push([i++, j++])
    else if (here === (table[at + width] ?? 0)) i++
    else j++
  }
}

function greedily(
  a: Int32Array,
  b: Int32Array,
  fromA: number,
  toA: number,
  fromB: number,
  toB: number,
  found: Match[],
) {
  const places = new Map<number, number[]>()
  for (let j = toB - 1; j >= fromB; j--) {
    const list = places.get(b[j] ?? -1)
    if (list) list.push(j)
    else places.set(b[j] ?? -1, [j])
  }
  // Far jumps would use b up for the sake of one common word.
  const reach = 200
  let from = fromB
  for (let i = fromA; i < toA; i++) {
    const list = places.get(a[i] ?? -1)
    while (list && (list.at(-1) ?? from) < from) list.pop()
    const at = list?.at(-1)
    if (at === undefined || at - from > reach) continue
    found.push([i, at])
    from = at + 1
  }
}
