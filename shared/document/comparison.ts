/**
 * A difference laid out for reading: the new document block by block, the removed ones where they were, and in changed
 * lines the words that came and went. What renders it needs no knowledge of how it was found.
 */
import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import { type ComparedBlock, whole } from './compared.ts'
import { compareRecast } from './comparison-recast.ts'
import { segmentsOf } from './comparison-segments.ts'
import { changedAttributes } from './diff.ts'
import { diffInline } from './diff-inline.ts'
import { columnsOf, type Step, steps } from './pairing.ts'
import { legibly } from './recast.ts'

export type { ComparedBlock, Segment } from './compared.ts'

/** Both documents as one sequence of blocks, in the order in which they are read now; `known` are their steps. */
export const comparison = (a: Node, b: Node, known = steps(a, b)): ComparedBlock[] => compareSteps(a, b, known)

const compareChildren = (a: Node, b: Node, columns: readonly Match[] | undefined) =>
  compareSteps(a, b, steps(a, b, columns))

function compareSteps(a: Node, b: Node, known: readonly Step[]): ComparedBlock[] {
  const inside = a.type.name === 'table' ? columnsOf(a, b) : undefined
  return legibly(a, b, known).flatMap((step): ComparedBlock[] => {
    if (step.kind === 'leave' || step.kind === 'pass') return []
    if (step.kind === 'remove') return [{ ...whole('removed', a.child(step.a)), from: step.a }]
    if (step.kind === 'insert') return [{ ...whole('inserted', b.child(step.b)), to: step.b }]
    if (step.kind === 'recast') return compareRecast(a, b, step)
    const places = { from: step.a, to: step.b }
    if (step.kind === 'change') return [{ ...compareBlock(a.child(step.a), b.child(step.b), inside), ...places }]
    if (step.kind === 'keep') return [{ ...whole('kept', b.child(step.b)), ...places }]
    return [{ ...compareBlock(a.child(step.a), b.child(step.b), inside), ...places, status: 'moved' }]
  })
}

function compareBlock(a: Node, b: Node, columns: readonly Match[] | undefined): ComparedBlock {
  if (a.eq(b)) return whole('kept', b)
  const same = a.content.eq(b.content)
  const segments = !same && b.inlineContent ? segmentsOf(diffInline(a, b), a, b) : []
  const children = !same && !b.inlineContent ? compareChildren(a, b, columns) : []
  const words = segments.some(segment => !['kept', 'reformatted'].includes(segment.status))
  const status = words || children.length > 0 ? 'changed' : 'restyled'
  return { ...whole(status, b), was: a, attributes: Object.keys(changedAttributes(a, b)), segments, children }
}
