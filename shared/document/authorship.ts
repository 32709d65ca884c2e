import type { Node } from 'prosemirror-model'
import { type Credit, type Credited, type Fact, spread } from './credits.ts'
import { type Lost, piecesOf, recognise, recognised } from './returning.ts'
import { rowOf } from './unit-rows.ts'
import { keptUnits, unitsIn } from './units.ts'

export { type Credit, type Credited, cut, type Fact, type Owned, spread } from './credits.ts'
export { type Lost, recognised } from './returning.ts'

/** Whose the words of a text are, found step by step: those that stayed, those that came back, and the new ones. */
export interface Attribution {
  /** For every unit the unit of the previous text that it was, or -1. */
  readonly kept: Int32Array
  /** Whether there are new words that are long enough to have come back from somewhere. */
  readonly mayHaveReturned: boolean
  recognise(lost: readonly Lost[]): void
  credits(): Credit[]
}

/**
 * For every word of `next` the revision and person it came from. Words kept since `previous`, or brought back to their
 * places from one of the `earlier` documents, keep their author; a dozen characters or more that moved, or that came
 * back from what was `lost`, keep theirs; new words belong to whoever the facts say wrote them, in `revision`.
 *
 * The texts are compared as by `diff`; what moved or came back is found by its beginning and followed, as rsync does.
 */
export function authorship(
  previous: Credited | undefined,
  next: Node,
  facts: readonly Fact[],
  revision: number,
  earlier: readonly Credited[] = [],
  lost: readonly Lost[] = [],
): Credit[] {
  const attribution = attributed(previous, next, facts, revision, earlier)
  attribution.recognise(lost)
  return attribution.credits()
}

export function attributed(
  previous: Credited | undefined,
  next: Node,
  facts: readonly Fact[],
  revision: number,
  earlier: readonly Credited[] = [],
): Attribution {
  const size = unitsIn(next)
  const known = knownBy(facts, size)
  const kept = previous ? keptSince(previous.document, next, known) : none(size)
  const found = Array<Credit | undefined>(size).fill(undefined)
  const sources = earlier.map(source => ({ source, stayed: keptUnits(source.document, next) }))
  if (previous) sources.unshift({ source: previous, stayed: kept })
  for (const { source, stayed } of sources) {
    const units = spread(source.credits)
    for (let unit = 0; unit < size; unit++) {
      const from = stayed[unit] ?? -1
      if (from >= 0) found[unit] ??= units[from]
    }
  }
  const row = longestGap(found) >= recognised ? rowOf(next) : undefined
  const gone = () => sources.flatMap(({ source, stayed }) => piecesOf(source, stayed))
  if (row) recognise(row, found, gone())
  return {
    kept,
    mayHaveReturned: row !== undefined && longestGap(found) >= recognised,
    recognise(lost) {
      if (row) recognise(row, found, lost)
    },
    credits: () => runsOf(found, known, revision),
  }
}

/** Facts unit by unit. */
interface Known {
  isExact: boolean
  /** The unit of the previous text that it is, or -1. */
  from: Int32Array
  /** The place of its writer among the people, from 1; 0 is nobody. */
  person: Int32Array
  people: string[]
}

function knownBy(facts: readonly Fact[], size: number): Known {
  const known: Known = { isExact: false, from: none(size), person: new Int32Array(size), people: [] }
  let at = 0
  for (const fact of facts) {
    if ('from' in fact) {
      for (let unit = 0; unit < fact.size; unit++) known.from[at + unit] = fact.from + unit
      known.isExact = true
    } else if (fact.person !== null) {
      const place = known.people.indexOf(fact.person)
      known.person.fill(place < 0 ? known.people.push(fact.person) : place + 1, at, at + fact.size)
    }
    at += fact.size
  }
  return known
}

const none = (size: number) => new Int32Array(size).fill(-1)

/**
 * What stayed. Where letters are known to be the very same, those stayed and no others, whatever the texts say: of words
 * that repeat, the texts cannot tell which are new.
 */
function keptSince(previous: Node, next: Node, { isExact, from }: Known): Int32Array {
  if (!isExact) return keptUnits(previous, next)
  const size = unitsIn(previous)
  return from.map(unit => (unit < size ? unit : -1))
}

function longestGap(found: readonly (Credit | undefined)[]): number {
  let [longest, length] = [0, 0]
  for (const credit of found) {
    length = credit ? 0 : length + 1
    if (length > longest) longest = length
  }
  return longest
}

function runsOf(units: readonly (Credit | undefined)[], { person: places, people }: Known, revision: number): Credit[] {
  const runs: Credit[] = []
  let last: Credit | undefined
  for (let unit = 0; unit < units.length; unit++) {
    const credit = units[unit]
    const from = credit ? credit.revision : revision
    const person = credit ? credit.person : (people[(places[unit] ?? 0) - 1] ?? null)
    if (last?.revision === from && last.person === person) last.size++
    else runs.push((last = { size: 1, revision: from, person }))
  }
  return runs
}
