import type { RevisionTag } from '../../shared/revisions/filter.ts'
import { revisionTags } from '../../shared/revisions/filter.ts'
import type { Reader } from '../db/index.ts'
import * as past from './past-store.ts'
import { sectionsIn } from './signed.ts'
import { writersAfter } from './writers-store.ts'

/** As much of a revision as filters and counts need; what was suppressed is not in it. */
export interface Line {
  number: number
  at: number
  /** Bits, as `bitOf` gives them. */
  tags: number
  /** Who wrote for it or published it. */
  people: readonly string[]
  sections: readonly string[]
}

/** The whole past of a page, oldest first, with what is counted of it at every visit. */
export interface Ledger {
  lines: readonly Line[]
  /** Revisions by person, by section and by tag. */
  people: ReadonlyMap<string, number>
  sections: ReadonlyMap<string, number>
  tags: ReadonlyMap<RevisionTag, number>
  /** When the first was published. */
  since: number | null
  /** When anything of it changed last. */
  changedAt: number
}

/** Lines kept in memory, of all pages together. */
const most = 200_000

/**
 * The pasts of pages by their ids: read once, then only what was published since, as long as nothing told of earlier
 * revisions changes. So a filter with its counts costs a walk through memory, however long a history is.
 */
export function ledgers() {
  const known = new Map<string, Kept>()
  let held = 0

  function keep(pageId: string, one: Kept) {
    drop(pageId)
    known.set(pageId, one)
    one.held = one.lines.length
    held += one.held
    for (const oldest of known.keys()) {
      if (held <= most || oldest === pageId) return
      drop(oldest)
    }
  }

  function drop(pageId: string) {
    held -= known.get(pageId)?.held ?? 0
    known.delete(pageId)
  }

  return {
    async of(db: Reader, pageId: string): Promise<Ledger> {
      const { changes = 0, at = 0 } = (await past.changesOf(db, pageId)) ?? {}
      const before = known.get(pageId)
      const kept = before?.changes === changes ? before : new Kept(changes, at)
      const rows = await past.linesAfter(db, pageId, kept.last)
      const writers = rows.length === 0 ? [] : await writersAfter(db, pageId, kept.last)
      // Somebody else may have read the same meanwhile.
      kept.add(rows, writers)
      keep(pageId, kept)
      return kept
    },
  }
}

export const bitOf = (tag: RevisionTag): number => 1 << revisionTags.indexOf(tag)

type LineRow = Awaited<ReturnType<typeof past.linesAfter>>[number]
type WriterRow = Awaited<ReturnType<typeof writersAfter>>[number]

class Kept implements Ledger {
  readonly changes: number
  /** How many of its lines are counted as kept. */
  held = 0
  readonly lines: Line[] = []
  readonly people = new Map<string, number>()
  readonly sections = new Map<string, number>()
  readonly tags = new Map<RevisionTag, number>()
  since: number | null = null
  changedAt: number
  // The same name a thousand times is kept once.
  #names = new Map<string, string>()

  constructor(changes: number, at: number) {
    this.changes = changes
    this.changedAt = at
  }

  get last(): number {
    return this.lines.at(-1)?.number ?? 0
  }

  add(rows: readonly LineRow[], writers: readonly WriterRow[]) {
    let at = 0
    for (const row of rows) {
      if (row.number <= this.last) continue
      while ((writers[at]?.number ?? Infinity) < row.number) at++
      const own: WriterRow[] = []
      for (let one = writers[at]; one?.number === row.number; one = writers[++at]) own.push(one)
      this.#count(this.#line(row, row.author_hidden === 1 ? [] : own))
    }
  }

  #line(row: LineRow, writers: readonly WriterRow[]): Line {
    const publisher = row.author_hidden === 1 ? null : row.publisher_id
    const people = new Set([...writers.map(({ person_id }) => person_id), ...(publisher === null ? [] : [publisher])])
    const isUnmeasured = row.text_hidden === 1 || row.parent_hidden === 1
    return {
      number: row.number,
      at: row.at,
      tags: tagsOf(
        row,
        writers.some(({ first }) => first !== null),
      ),
      people: [...people].map(this.#once),
      sections: isUnmeasured ? [] : sectionsIn(row.sections).map(this.#once),
    }
  }

  #once = (text: string): string => {
    const before = this.#names.get(text)
    if (before === undefined) this.#names.set(text, text)
    return before ?? text
  }

  #count(line: Line) {
    const { at, tags, people, sections } = line
    this.lines.push(line)
    this.since = Math.min(this.since ?? at, at)
    this.changedAt = Math.max(this.changedAt, at)
    for (const id of people) add(this.people, id)
    for (const title of sections) add(this.sections, title)
    for (const tag of revisionTags) if (tags & bitOf(tag)) add(this.tags, tag)
  }
}

const add = <Key>(counts: Map<Key, number>, key: Key) => void counts.set(key, (counts.get(key) ?? 0) + 1)

/** The tags of a revision, as bits; `edit` is none. */
function tagsOf(row: LineRow, isFirst: boolean): number {
  const { number, kind, minor, reverted_by_id, text_hidden, author_hidden, summary_hidden } = row
  let bits = kind === 'edit' ? 0 : bitOf(kind)
  if (number === 1 && kind !== 'deletion') bits |= bitOf('new')
  if (minor === 1) bits |= bitOf('minor')
  if (reverted_by_id !== null) bits |= bitOf('reverted')
  if (isFirst) bits |= bitOf('first')
  if (text_hidden + author_hidden + summary_hidden > 0) bits |= bitOf('suppressed')
  return bits
}
