/**
 * Changes are how one document became another, as a value that can be stored and sent: `JSON.stringify` writes it,
 * `changesFrom` reads it, `apply` repeats it. A list of changes walks along the children of a node from first to last.
 */
import { Mark, Node } from 'prosemirror-model'
import { cut, flatten, joined } from './inline.ts'
import { schema } from './schema.ts'

export type Change =
  | { kind: 'keep'; count: number }
  | { kind: 'remove'; count: number }
  | { kind: 'insert'; nodes: Node[] }
  /** The old child with this index, taken out elsewhere by a `remove`, stands here now. */
  | ({ kind: 'move'; from: number } & Inside)
  /** The next child stays with other attributes or another inside. */
  | ({ kind: 'change' } & Inside)

/** What is different in a child that is still there: the attributes named, its children, or its words. */
export type Inside = { attrs: Attributes; content: Change[]; inline: InlineChange[] }

/** Sizes count UTF-16 units of text; an inline node is one unit. */
export type InlineChange =
  | { kind: 'keep'; size: number }
  | { kind: 'restyle'; size: number; marks: readonly Mark[]; was: readonly Mark[] }
  | { kind: 'remove'; size: number }
  | { kind: 'insert'; nodes: Node[] }
  /** The next node, a footnote, stays with another inside. */
  | { kind: 'within'; inline: InlineChange[] }

export type Attributes = Record<string, unknown>

/** The document that the changes make of `a`. */
export function apply(changes: readonly Change[], a: Node): Node {
  if (changes.length === 0) return a
  const nodes: Node[] = []
  let at = 0
  for (const change of changes) {
    if (change.kind === 'keep') for (const end = at + change.count; at < end; at++) nodes.push(a.child(at))
    else if (change.kind === 'remove') at += change.count
    else if (change.kind === 'insert') nodes.push(...change.nodes)
    else if (change.kind === 'move') nodes.push(changed(a.child(change.from), change))
    else nodes.push(changed(a.child(at++), change))
  }
  return a.type.create(a.attrs, nodes, a.marks)
}

/** Reads changes back from parsed JSON; throws where they hold what no document may hold. */
export function changesFrom(json: readonly Change[]): Change[] {
  return json.map(change => {
    if (change.kind === 'insert') return { ...change, nodes: change.nodes.map(revived) }
    if (change.kind !== 'change' && change.kind !== 'move') return change
    return { ...change, content: changesFrom(change.content), inline: inlineFrom(change.inline) }
  })
}

/** A child with what is different inside it. */
export function changed(node: Node, change: Inside): Node {
  const attrs = { ...node.attrs, ...change.attrs }
  if (change.inline.length > 0) return node.type.create(attrs, applyInline(change.inline, node), node.marks)
  const content = change.content.length > 0 ? apply(change.content, node).content : node.content
  return node.type.create(attrs, content, node.marks)
}

export function applyInline(changes: readonly InlineChange[], node: Node) {
  const flat = flatten(node)
  const nodes: Node[] = []
  let at = 0
  for (const change of changes) {
    if (change.kind === 'keep') nodes.push(...cut(flat, at, at + change.size))
    else if (change.kind === 'restyle')
      nodes.push(...cut(flat, at, at + change.size).map(part => part.mark(change.marks)))
    else if (change.kind === 'insert') nodes.push(...change.nodes)
    else if (change.kind === 'within')
      nodes.push(...cut(flat, at, at + 1).map(inner => inner.copy(applyInline(change.inline, inner))))
    at += sizeOf(change)
  }
  return joined(nodes)
}

/** How many units of the old line a change passes over. */
export function sizeOf(change: InlineChange): number {
  if (change.kind === 'insert') return 0
  return change.kind === 'within' ? 1 : change.size
}

const revived = (json: unknown) => Node.fromJSON(schema, json)

function inlineFrom(json: readonly InlineChange[]): InlineChange[] {
  return json.map(change => {
    if (change.kind === 'insert') return { ...change, nodes: change.nodes.map(revived) }
    if (change.kind === 'within') return { ...change, inline: inlineFrom(change.inline) }
    if (change.kind !== 'restyle') return change
    const marks = (given: readonly unknown[]) => given.map(mark => Mark.fromJSON(schema, mark))
    return { ...change, marks: marks(change.marks), was: marks(change.was) }
  })
}
