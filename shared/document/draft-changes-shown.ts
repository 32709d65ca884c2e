import type { Node } from 'prosemirror-model'
import type { DraftChange, DraftChanges } from './draft-changes.ts'
import { schema } from './schema.ts'
import { atomsIn } from './selecting-atoms.ts'
import type { PlanStep } from './selecting-plan.ts'
import { chosen, excerpt } from './selecting.ts'

/** A change by itself: the blocks that it touches, as they are without it and as they would be with it alone. */
export interface ShownChange {
  before: Node
  after: Node
}

/** Tells of each change how to show it; what stands in somebody's new block is shown in that block. */
export function shownAlone(changes: DraftChanges): (change: DraftChange) => ShownChange {
  const places = new Map<DraftChange, number[]>()
  for (const [index, step] of changes.root.steps.entries()) {
    if (step.kind === 'keep' || step.kind === 'leave') continue
    const inside =
      step.kind === 'change' || step.kind === 'arrive' ? step.pair : step.kind === 'insert' ? step.is : undefined
    const parts = 'part' in step ? [step.part] : step.kind === 'insert' ? [step.is.part] : []
    for (let part = inside?.first ?? 0; part < (inside?.end ?? 0); part++) parts.push(part)
    for (const part of parts) {
      const change = changes.owners[part]
      const known = change && places.get(change)
      if (change && !known) places.set(change, [index])
      else if (known && known.at(-1) !== index) known.push(index)
    }
  }
  for (const { piece, home } of changes.guests) {
    const change = changes.owners[piece.part]
    const known = change && places.get(change)
    const index = changes.root.steps.findIndex(step => isIn(step, home.atom))
    if (known && index >= 0 && !known.includes(index)) known.push(index)
  }
  for (const known of places.values()) known.sort((a, b) => a - b)
  const byId = new Map(changes.list.map(change => [change.id, change]))
  const around = (change: DraftChange): DraftChange[] => {
    const outer = change.within === undefined ? undefined : byId.get(change.within)
    return outer ? [outer, ...around(outer)] : []
  }
  return change => {
    const steps = (places.get(change) ?? []).flatMap(index => changes.root.steps[index] ?? [])
    const base = new Set(around(change))
    const withIt = new Set([...base, change])
    const picked = (some: ReadonlySet<DraftChange>) =>
      schema.topNodeType.create(
        null,
        excerpt(
          steps,
          chosen(part => {
            const owner = changes.owners[part]
            return owner !== undefined && some.has(owner)
          }, changes.guests),
        ),
      )
    return { before: picked(base), after: picked(withIt) }
  }
}

/** Whether an atom of the head stands in what a step changed or took away. */
function isIn(step: PlanStep, atom: number): boolean {
  const was =
    step.kind === 'remove' ? step.was : step.kind === 'change' || step.kind === 'arrive' ? step.pair.was : undefined
  return was !== undefined && was.at <= atom && atom < was.at + atomsIn(was.node)
}
