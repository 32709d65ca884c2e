import { align, type Match } from '../../../shared/document/align.ts'
import type { Segment } from '../../../shared/document/comparison.ts'
import { legible } from '../../../shared/document/legible.ts'
import { schema } from '../../../shared/document/schema.ts'
import { words } from '../../../shared/document/words.ts'

/** A line of the older text, of the newer, or of both; numbers count from 1. */
export interface Line {
  old: number | undefined
  now: number | undefined
  was: string
  is: string
}

/** Both texts as one list of lines: those that stayed, those that came and went, and those that were rewritten. */
export function pairedLines(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const lines: Line[] = []
  let [i, j] = [0, 0]
  const weigh = (at: number) => 1 + 2 * (a[at]?.trim().length ?? 0)
  for (const [toA, toB] of [...align(a, b, weigh), [a.length, b.length] as const]) {
    const [gone, come] = [a.slice(i, toA), b.slice(j, toB)]
    let [x, y] = [0, 0]
    for (const [left, right] of [...alike(gone, come), [gone.length, come.length] as const]) {
      // What is left between two that are alike stands side by side, too.
      for (; x < left && y < right; x++, y++)
        lines.push({ old: i + x + 1, now: j + y + 1, was: gone[x] ?? '', is: come[y] ?? '' })
      for (; x < left; x++) lines.push({ old: i + x + 1, now: undefined, was: gone[x] ?? '', is: '' })
      for (; y < right; y++) lines.push({ old: undefined, now: j + y + 1, was: '', is: come[y] ?? '' })
      if (left < gone.length)
        lines.push({ old: i + left + 1, now: j + right + 1, was: gone[left] ?? '', is: come[right] ?? '' })
      x = left + 1
      y = right + 1
    }
    const [same, other] = [a[toA], b[toB]]
    if (same !== undefined && other !== undefined) lines.push({ old: toA + 1, now: toB + 1, was: same, is: other })
    i = toA + 1
    j = toB + 1
  }
  return lines
}

/** The words of a line that was rewritten, set for reading; nothing where the line is a book. */
export function pairedWords(was: string, is: string): Segment[] | undefined {
  if (was.length + is.length > longestLine) return undefined
  const [a, b] = [markdownWords(was), markdownWords(is)]
  const segments: Segment[] = []
  const add = (status: Segment['status'], parts: readonly string[]) => {
    const text = parts.join('')
    if (text) segments.push({ status, nodes: [schema.text(text)], was: [], segments: [] })
  }
  let [i, j, kept] = [0, 0, 0]
  for (const [toA, toB] of [...align(a, b, at => 1 + 2 * (a[at]?.trim().length ?? 0)), [a.length, b.length] as const]) {
    if (toA > i || toB > j) {
      add('kept', a.slice(i - kept, i))
      add('removed', a.slice(i, toA))
      add('inserted', b.slice(j, toB))
      kept = 0
    }
    kept++
    i = toA + 1
    j = toB + 1
  }
  add('kept', a.slice(i - kept, a.length))
  return legible(segments)
}

/** Emphasis is a sign around words, though other texts write names with it. */
const markdownWords = (line: string) => words(line).flatMap(word => word.split(/(_+)/).filter(Boolean))

const longestLine = 40_000
/** Above this many comparisons lines that gave way to others are not paired. */
const affordable = 2500
const likeEnough = 0.4

/** Which of the lines that went became which of those that came, in their order. */
function alike(gone: readonly string[], come: readonly string[]): Match[] {
  if (gone.length === 0 || come.length === 0) return []
  // One in the place of one, and whatever is left over, stand side by side anyway.
  if (gone.length * come.length > affordable || (gone.length === 1 && come.length === 1)) return []
  if ([...gone, ...come].some(line => line.length > longestLine)) return []
  const [ours, theirs] = [gone.map(wordsIn), come.map(wordsIn)]
  const width = come.length + 1
  const table = new Float64Array((gone.length + 1) * width)
  const score = (x: number, y: number) => likeness(ours[x] ?? noWords, theirs[y] ?? noWords)
  for (let x = gone.length - 1; x >= 0; x--)
    for (let y = come.length - 1; y >= 0; y--)
      table[x * width + y] = Math.max(
        table[(x + 1) * width + y] ?? 0,
        table[x * width + y + 1] ?? 0,
        (table[(x + 1) * width + y + 1] ?? 0) + score(x, y),
      )
  const pairs: Match[] = []
  let [x, y] = [0, 0]
  while (x < gone.length && y < come.length) {
    const here = table[x * width + y] ?? 0
    if (here === (table[(x + 1) * width + y] ?? 0)) x++
    else if (here === (table[x * width + y + 1] ?? 0)) y++
    else pairs.push([x++, y++])
  }
  return pairs
}

const noWords: ReadonlySet<string> = new Set()
const wordsIn = (line: string): ReadonlySet<string> => new Set(line.match(/[\p{L}\p{N}]+/gu))

/** Dice's coefficient of their words; nothing where they are hardly alike. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  const score = (2 * shared) / Math.max(1, a.size + b.size)
  return score >= likeEnough ? score : 0
}
