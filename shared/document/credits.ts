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
  const units: Run[] = []
  for (const run of runs) for (let unit = 0; unit < run.size; unit++) units.push(run)
  return units
}
