/**
 * The reference for a merge of plain text, which shares nothing with ours: Khanna, Kunal and Pierce's diff3 on words, over
 * Myers' differences as jsdiff finds them.
 */
import { diffArrays } from 'diff'

export interface Merged {
  /** Changes of the two may meet, side by side, or overlap; diff3 reports a conflict of either. */
  conflict: 'none' | 'meets' | 'overlaps'
  /** With what both changed, ours first; of no use where changes overlap. */
  words: string[]
}

type Hunk = { from: number; to: number; words: string[] }

export const plainWords = (text: string): string[] => text.split(/\s+/).filter(Boolean)

export function diff3(ours: string[], base: string[], theirs: string[]): Merged {
  const pending = { ours: hunks(base, ours), theirs: hunks(base, theirs) }
  const merged: Merged = { conflict: 'none', words: [] }
  let at = 0
  for (;;) {
    const from = Math.min(pending.ours[0]?.from ?? Infinity, pending.theirs[0]?.from ?? Infinity)
    if (from === Infinity) return { ...merged, words: [...merged.words, ...base.slice(at)] }
    merged.words.push(...base.slice(at, from))
    const mine: Hunk[] = []
    const other: Hunk[] = []
    let to = from
    for (;;) {
      const [list, into] = (pending.ours[0]?.from ?? Infinity) <= to ? [pending.ours, mine] : [pending.theirs, other]
      const [next] = list
      if (!next || next.from > to) break
      into.push(next)
      list.shift()
      to = Math.max(to, next.to)
    }
    const isSame = changed(base, from, to, mine).join(' ') === changed(base, from, to, other).join(' ')
    if (mine.length > 0 && other.length > 0 && !isSame) {
      const isOver = mine.some(one => other.some(another => overlap(one, another)))
      if (isOver || merged.conflict === 'none') merged.conflict = isOver ? 'overlaps' : 'meets'
    }
    merged.words.push(...changed(base, from, to, isSame ? mine : [...mine, ...other]))
    at = to
  }
}

function overlap(a: Hunk, b: Hunk): boolean {
  if (a.from === a.to) return b.from < a.from && a.from < b.to
  return b.from === b.to ? a.from < b.from && b.from < a.to : Math.max(a.from, b.from) < Math.min(a.to, b.to)
}

function hunks(base: string[], side: string[]): Hunk[] {
  const found: Hunk[] = []
  let at = 0
  for (const { added, removed, value } of diffArrays(base, side)) {
    if (!added && !removed) {
      at += value.length
      continue
    }
    const last = found.at(-1)
    const hunk = last?.to === at ? last : { from: at, to: at, words: [] }
    if (hunk !== last) found.push(hunk)
    if (added) hunk.words.push(...value)
    else at = hunk.to = at + value.length
  }
  return found
}

function changed(base: string[], from: number, to: number, by: Hunk[]): string[] {
  const words: string[] = []
  let at = from
  for (const hunk of by.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    words.push(...base.slice(at, hunk.from), ...hunk.words)
    at = Math.max(at, hunk.to)
  }
  return [...words, ...base.slice(at, to)]
}
