import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import { steps } from './pairing.ts'

/** Something that stands where the base had nothing: new, or the base's child `from`, moved. */
export type Arrival = { node: Node; from: number | undefined }

/** What one side made of the children of a base: each child's successor, what arrived before it, and which moved. */
export type Side = { nodes: (Node | undefined)[]; arrivals: Arrival[][]; moved: Set<number> }

export function sideOf(base: Node, changed: Node, columns?: readonly Match[]): Side {
  const side: Side = { nodes: [], arrivals: [], moved: new Set() }
  let gap = 0
  for (const step of steps(base, changed, columns)) {
    if (step.kind === 'insert') arrive({ node: changed.child(step.b), from: undefined })
    else if (step.kind === 'arrive') arrive({ node: changed.child(step.b), from: step.a })
    else {
      gap = step.a + 1
      if (step.kind === 'remove') continue
      side.nodes[step.a] = changed.child(step.b)
      if (step.kind === 'leave') side.moved.add(step.a)
    }
  }
  return side

  function arrive(arrival: Arrival) {
    const list = side.arrivals[gap]
    if (list) list.push(arrival)
    else side.arrivals[gap] = [arrival]
  }
}
