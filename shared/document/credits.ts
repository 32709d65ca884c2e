import type { Node } from 'prosemirror-model'

/** A run of units of a document, and which revision and person they came from; nobody is known for old imports. */
export type Credit = { size: number; revision: number; person: string | null }

/** A document and whose its words are. */
export type Credited = { document: Node; credits: readonly Credit[] }

/** A run of units and the person whose keyboard they came from. */
export type Owned = { size: number; person: string | null }

/**
 * What a live draft knows of a run of units: that they are, letter by letter, those from a unit of the previous text on,
 * or whose keyboard they came from.
 */
export type Fact = Owned | { size: number; from: number }

/** The same runs as one entry a unit. */
export function spread<Run extends { size: number }>(runs: readonly Run[]): Run[] {
  const units = Array<Run>(runs.reduce((sum, { size }) => sum + size, 0))
  let at = 0
  for (const run of runs) units.fill(run, at, (at += run.size))
  return units
}

/** The runs of so many units, from a place on. */
export function cut<Run extends { size: number }>(runs: readonly Run[], from: number, size: number): Run[] {
  const found: Run[] = []
  let at = 0
  for (const run of runs) {
    const part = Math.min(at + run.size, from + size) - Math.max(at, from)
    if (part > 0) found.push({ ...run, size: part })
    at += run.size
    if (at >= from + size) break
  }
  return found
}
