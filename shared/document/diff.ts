import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import type { Attributes, Change, Inside } from './changes.ts'
import { diffInline } from './diff-inline.ts'
import { columnsOf, steps } from './pairing.ts'

export { apply, changesFrom, type Change } from './changes.ts'

/** How document `a` became document `b`; nothing if they are equal. `apply(diff(a, b), a)` equals `b`. */
export function diff(a: Node, b: Node): Change[] {
  const changes = childChanges(a, b)
  return changes.every(change => change.kind === 'keep') ? [] : changes
}

function childChanges(a: Node, b: Node, columns?: readonly Match[]): Change[] {
  const found: Change[] = []
  const inside = a.type.name === 'table' ? columnsOf(a, b) : undefined
  for (const step of steps(a, b, columns)) {
    if (step.kind === 'keep') push(found, { kind: 'keep', count: 1 })
    else if (step.kind === 'remove' || step.kind === 'leave') push(found, { kind: 'remove', count: 1 })
    else if (step.kind === 'insert') push(found, { kind: 'insert', nodes: [b.child(step.b)] })
    else if (step.kind === 'arrive')
      push(found, { kind: 'move', from: step.a, ...insideOf(a.child(step.a), b.child(step.b), inside) })
    else push(found, { kind: 'change', ...insideOf(a.child(step.a), b.child(step.b), inside) })
  }
  return found
}

function insideOf(a: Node, b: Node, columns: readonly Match[] | undefined): Inside {
  const attrs = changedAttributes(a, b)
  if (a.content.eq(b.content)) return { attrs, content: [], inline: [] }
  if (a.inlineContent) return { attrs, content: [], inline: diffInline(a, b) }
  return { attrs, content: childChanges(a, b, columns), inline: [] }
}

/** The attributes that differ, with their new values. */
export function changedAttributes(a: Node, b: Node): Attributes {
  const changed: Attributes = {}
  for (const name of Object.keys(b.attrs))
    if (JSON.stringify(a.attrs[name]) !== JSON.stringify(b.attrs[name])) changed[name] = b.attrs[name]
  return changed
}

function push(changes: Change[], next: Change) {
  const last = changes.at(-1)
  if (last?.kind === 'keep' && next.kind === 'keep') last.count += next.count
  else if (last?.kind === 'remove' && next.kind === 'remove') last.count += next.count
  else if (last?.kind === 'insert' && next.kind === 'insert') last.nodes.push(...next.nodes)
  else changes.push(next)
}
