/**
 * Changes are how one document became another, as a value that can be stored and sent: `JSON.stringify` writes it,
 * `changesFrom` reads it, `apply` repeats it. A list of changes walks along the children of a node from first to last.
 */
import { Fragment, Mark, Node } from 'prosemirror-model'
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
  | Recast

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

/**
 * Old children, taken out elsewhere by a `remove`, whose words stand here in other blocks now: parted, joined, or of
 * another type. `shape` is the new blocks without their words, `lines` what came into each of their text blocks: the text
 * blocks of the old children are read through once, from the first of `from` to the last.
 */
export type Recast = { kind: 'recast'; from: number[]; shape: Node[]; lines: LineChange[][] }

/** `end` says that an old text block ends here; what comes after it is the next one's. */
export type LineChange = InlineChange | { kind: 'end' }

export type Attributes = Record<string, unknown>

/** The document that the changes make of `a`. */
export function apply(changes: readonly Change[], a: Node): Node {
  if (changes.length === 0) return a
  const nodes: Node[] = []
  let at = 0
  for (const change of changes) {
    if (change.kind === 'keep') for (const end = at + change.count; at < end; at++) nodes.push(a.child(at))
    else if (change.kind === 'remove') at += change.count
    else if (change.kind === 'change') nodes.push(changed(a.child(at++), change))
    else nodes.push(...arriving(change, a))
  }
  return a.type.create(a.attrs, nodes, a.marks)
}

/** Reads changes back from parsed JSON; throws where they hold what no document may hold. */
export function changesFrom(json: readonly Change[]): Change[] {
  return json.map(change => {
    if (change.kind === 'insert') return { ...change, nodes: change.nodes.map(revived) }
    if (change.kind === 'recast')
      return { ...change, shape: change.shape.map(revived), lines: change.lines.map(inlineFrom) }
    if (change.kind !== 'change' && change.kind !== 'move') return change
    return { ...change, content: changesFrom(change.content), inline: inlineFrom(change.inline) }
  })
}

/** What a change puts where nothing of the old document stands. */
export function arriving(change: Extract<Change, { kind: 'insert' | 'move' | 'recast' }>, a: Node): Node[] {
  if (change.kind === 'insert') return change.nodes
  return change.kind === 'move' ? [changed(a.child(change.from), change)] : recast(change, a)
}

/** A child with what is different inside it. */
function changed(node: Node, change: Inside): Node {
  const attrs = { ...node.attrs, ...change.attrs }
  if (change.inline.length > 0) return node.type.create(attrs, applyInline(change.inline, node), node.marks)
  const content = change.content.length > 0 ? apply(change.content, node).content : node.content
  return node.type.create(attrs, content, node.marks)
}

export const applyInline = (changes: readonly InlineChange[], node: Node) => read(changes, { lines: [node], at: 0 })

function recast({ from, shape, lines }: Recast, a: Node): Node[] {
  const source = { lines: from.flatMap(index => textBlocks(a.child(index))), at: 0 }
  const contents = lines.map(line => read(line, source))
  return filled(shape, contents)
}

/** The blocks inside that hold words, or the block itself. */
export const textBlocks = (node: Node): Node[] => (node.inlineContent ? [node] : node.children.flatMap(textBlocks))

function filled(shape: readonly Node[], contents: Fragment[]): Node[] {
  return shape.map(node =>
    node.copy(node.inlineContent ? contents.shift() : Fragment.from(filled(node.children, contents))),
  )
}

/** What changes make of the first of some lines, from a place on; the next call reads on where this one stopped. */
function read(changes: readonly LineChange[], source: { lines: Node[]; at: number }): Fragment {
  const nodes: Node[] = []
  for (const change of changes) {
    const [line] = source.lines
    const from = source.at
    if (change.kind === 'end') {
      source.lines.shift()
      source.at = 0
      continue
    }
    source.at += sizeOf(change)
    const parts = line && source.at > from && change.kind !== 'remove' ? cut(flatten(line), from, source.at) : []
    if (change.kind === 'insert') nodes.push(...change.nodes)
    else if (change.kind === 'keep') nodes.push(...parts)
    else if (change.kind === 'restyle') nodes.push(...parts.map(part => part.mark(change.marks)))
    else if (change.kind === 'within') nodes.push(...parts.map(inner => inner.copy(applyInline(change.inline, inner))))
  }
  return joined(nodes)
}

/** How many units of the old line a change passes over. */
export function sizeOf(change: LineChange): number {
  if (change.kind === 'insert' || change.kind === 'end') return 0
  return change.kind === 'within' ? 1 : change.size
}

const revived = (json: unknown) => Node.fromJSON(schema, json)

function inlineFrom<Any extends LineChange>(json: readonly Any[]): Any[] {
  return json.map(change => {
    if (change.kind === 'insert') return { ...change, nodes: change.nodes.map(revived) }
    if (change.kind === 'within') return { ...change, inline: inlineFrom(change.inline) }
    if (change.kind !== 'restyle') return change
    const marks = (given: readonly unknown[]) => given.map(mark => Mark.fromJSON(schema, mark))
    return { ...change, marks: marks(change.marks), was: marks(change.was) }
  })
}
