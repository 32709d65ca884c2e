import type { Node } from 'prosemirror-model'
import { type Credit, type Credited, type Fact, spread } from './credits.ts'
import { type Lost, piecesOf, recognise, recognised } from './returning.ts'
import { keptUnits, unitsIn, unitText } from './units.ts'

export { type Credit, type Credited, type Fact, type Owned, spread } from './credits.ts'
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
  /** What stayed by the texts alone, where the caller knows it. */
  compared = previous ? keptUnits(previous.document, next) : undefined,
): Attribution {
  const known = factsByUnit(facts, unitsIn(next))
  const kept = previous && compared ? settled(compared, unitsIn(previous.document), known) : none(unitsIn(next))
  const found: (Credit | undefined)[] = Array.from({ length: kept.length })
  const pieces: Lost[] = []
  for (const [at, source] of [...(previous ? [previous] : []), ...earlier].entries()) {
    const stayed = at === 0 && previous ? kept : keptUnits(source.document, next)
    const units = spread(source.credits)
    for (const [unit, was] of stayed.entries()) if (was >= 0) found[unit] ??= units[was]
    pieces.push(...piecesOf(source, stayed))
  }
  const text = unitText(next)
  recognise(text, found, pieces)
  return {
    kept,
    get mayHaveReturned() {
      return longestGap(found) >= recognised
    },
    recognise: lost => recognise(text, found, lost),
    credits: () => runsOf(found, known, revision),
  }
}

interface Known {
  from: number
  person: string | null
}

const nothing: Known = { from: -1, person: null }

function factsByUnit(facts: readonly Fact[], size: number): Known[] {
  const units: Known[] = []
  for (const fact of facts)
    if ('from' in fact) for (let at = 0; at < fact.size; at++) units.push({ from: fact.from + at, person: null })
    else {
      const one = { from: -1, person: fact.person }
      for (let at = 0; at < fact.size; at++) units.push(one)
    }
  while (units.length < size) units.push(nothing)
  return units
}

const none = (size: number) => new Int32Array(size).fill(-1)

/**
 * What stayed. Where letters are known to be the very same, those stayed and no others, whatever the texts say: of words
 * that repeat, the texts cannot tell which are new.
 */
function settled(compared: Int32Array, size: number, known: readonly Known[]): Int32Array {
  if (!known.some(({ from }) => from >= 0)) return compared
  return Int32Array.from(known, ({ from }) => (from < size ? from : -1))
}

function longestGap(found: readonly (Credit | undefined)[]): number {
  let [longest, length] = [0, 0]
  for (const credit of found) {
    length = credit ? 0 : length + 1
    if (length > longest) longest = length
  }
  return longest
}

function runsOf(units: readonly (Credit | undefined)[], known: readonly Known[], revision: number): Credit[] {
  const runs: Credit[] = []
  for (let unit = 0; unit < units.length; unit++) {
    const { revision: from, person } = units[unit] ?? { revision, person: known[unit]?.person ?? null }
    const last = runs.at(-1)
    if (last?.revision === from && last.person === person) last.size++
    else runs.push({ size: 1, revision: from, person })
  }
  return runs
}
