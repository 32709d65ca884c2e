import type { Node } from 'prosemirror-model'
import { keptUnits, unitsIn, unitText } from './units.ts'
import { unparted } from './words.ts'

/** A run of units of a document, and which revision and person they came from; nobody is known for old imports. */
export type Credit = { size: number; revision: number; person: string | null }

/** A document and whose its words are. */
export type Credited = { document: Node; credits: readonly Credit[] }

/** A run of units and the person whose keyboard they came from. */
export type Owned = { size: number; person: string | null }

/** Words shorter than this repeat by chance; longer ones that moved or came back belong to whoever wrote them first. */
export const recognised = 12

/**
 * For every word of `next` the revision and person it came from. Words kept since `previous` keep their author; a
 * dozen characters or more that moved, or that came back from one of the `earlier` documents, keep theirs; new words
 * belong to their `owners`, in `revision`.
 */
export function authorship(
  previous: Credited | undefined,
  next: Node,
  owners: readonly Owned[],
  revision: number,
  earlier: readonly Credited[] = [],
): Credit[] {
  const found: (Credit | undefined)[] = Array.from({ length: unitsIn(next) })
  const sources: Source[] = earlier.map(({ document, credits }) => ({
    text: unitText(document),
    credits: spread(credits),
  }))
  if (previous) {
    const credits = spread(previous.credits)
    const kept = keptUnits(previous.document, next)
    for (const [unit, was] of kept.entries()) if (was >= 0) found[unit] = credits[was]
    sources.unshift(...removedFrom(previous.document, kept, credits))
  }
  recognise(unitText(next), found, sources)
  const owned = spread(owners)
  const own = new Map<string | null, Credit>()
  for (let unit = 0; unit < found.length; unit++) {
    const person = owned[unit]?.person ?? null
    const credit = own.get(person) ?? { size: 1, revision, person }
    own.set(person, credit)
    found[unit] ??= credit
  }
  return runsOf(found)
}

/** The same runs as one entry a unit. */
export function spread<Run extends { size: number }>(runs: readonly Run[]): Run[] {
  const units: Run[] = []
  for (const run of runs) for (let unit = 0; unit < run.size; unit++) units.push(run)
  return units
}

type Source = { text: string; credits: readonly Credit[] }

/** What the previous document had and the next has no longer, piece by piece. */
function removedFrom(document: Node, kept: Int32Array, credits: readonly Credit[]): Source[] {
  const gone = new Uint8Array(unitsIn(document)).fill(1)
  for (const unit of kept) if (unit >= 0) gone[unit] = 0
  const text = unitText(document)
  const pieces: Source[] = []
  for (let from = gone.indexOf(1); from >= 0;) {
    const end = gone.indexOf(0, from)
    const to = end < 0 ? gone.length : end
    if (to - from >= recognised) pieces.push({ text: text.slice(from, to), credits: credits.slice(from, to) })
    from = gone.indexOf(1, to)
  }
  return pieces
}

/** Finds long runs of new words among the sources, and credits them as they were credited there. */
function recognise(text: string, found: (Credit | undefined)[], sources: readonly Source[]) {
  if (sources.length === 0) return
  const places = new Map<string, { source: Source; at: number }>()
  for (const source of sources)
    for (const at of wordStarts(source.text, 0, source.text.length)) {
      const key = source.text.slice(at, at + recognised)
      if (key.length === recognised && !places.has(key)) places.set(key, { source, at })
    }
  for (let from = 0; from < found.length;) {
    if (found[from]) {
      from++
      continue
    }
    let to = from
    while (to < found.length && !found[to]) to++
    let done = from
    for (const start of wordStarts(text, from, to)) {
      if (start < done || start + recognised > to) continue
      const place = places.get(text.slice(start, start + recognised))
      if (!place) continue
      for (done = start; done < to; done++) {
        const at = place.at + done - start
        if (place.source.text[at] !== text[done]) break
        found[done] = place.source.credits[at]
      }
    }
    from = to
  }
}

function* wordStarts(text: string, from: number, to: number) {
  const letter = /[\p{L}\p{N}\p{M}]/u
  // Scripts without spaces have no word starts to speak of; there every sign may be one.
  for (let at = from; at < to; at++) {
    const here = text[at] ?? ''
    if (at === from || unparted.test(here) || (letter.test(here) && !letter.test(text[at - 1] ?? ''))) yield at
  }
}

function runsOf(units: readonly (Credit | undefined)[]): Credit[] {
  const runs: Credit[] = []
  for (const unit of units) {
    const last = runs.at(-1)
    if (!unit) continue
    if (last?.revision === unit.revision && last.person === unit.person) last.size++
    else runs.push({ size: 1, revision: unit.revision, person: unit.person })
  }
  return runs
}
