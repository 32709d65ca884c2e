import type { Fragment, Mark, Node } from 'prosemirror-model'
import { applyInline, sizeOf } from './changes.ts'
import { diffInline } from './diff-inline.ts'
import { cut, flatten, joined, placeholder } from './inline.ts'
import { schema } from './schema.ts'
import { unparted } from './words.ts'

/** The inside of a block in which both have their way, word by word, and whether they wanted different things. */
export function mergeInline(
  base: Node,
  ours: Node,
  theirs: Node,
  prefer: 'ours' | 'theirs',
): { content: Fragment; clash: boolean } {
  const [our, their] = [editsOf(base, ours), editsOf(base, theirs)]
  const clashing = clashes(our.hunks, their.hunks)
  let clash = clashing.size > 0
  // With theirs preferred, ours' words stay beside them: nobody's typing may vanish from a block that stays.
  const lost = prefer === 'ours' ? their.hunks.filter(hunk => clashing.has(hunk)) : []
  const repeated = their.hunks.filter(hunk => our.hunks.some(other => equalHunks(hunk, other)))
  const hunks = [...our.hunks, ...their.hunks.filter(hunk => !repeated.includes(hunk) && !lost.includes(hunk))]
  const orderOf = (hunk: Hunk) => {
    const late = prefer === 'theirs' && clashing.has(hunk) && our.hunks.includes(hunk)
    return late ? 3 : (hunk.from === hunk.to ? 0 : 2) + (our.hunks.includes(hunk) ? 0 : 0.5)
  }
  // Words that clash stand together, at the end of what they replace.
  const placeOf = (hunk: Hunk) => (prefer === 'theirs' ? clashing.get(hunk) : undefined) ?? hunk.from
  const inserts = hunks
    .filter(hunk => hunk.nodes.length > 0)
    .sort((a, b) => placeOf(a) - placeOf(b) || orderOf(a) - orderOf(b))
  const edges = new Set([0, flatten(base).text.length])
  for (const hunk of hunks) edges.add(hunk.from).add(hunk.to).add(placeOf(hunk))
  for (const style of [...our.styles, ...their.styles]) edges.add(style.from).add(style.to)

  const nodes: Node[] = []
  // Words that clash never stood side by side with those around them.
  const add = (more: readonly Node[], isApart: boolean) => {
    if (isApart && needsSpace(nodes.at(-1), more[0])) nodes.push(schema.text(' '))
    nodes.push(...more)
  }
  let isBehindClash = false
  let next = 0
  const places = [...edges].sort((a, b) => a - b)
  for (const [index, from] of places.entries()) {
    for (let hunk = inserts[next]; hunk && placeOf(hunk) <= from; hunk = inserts[++next]) {
      add(hunk.nodes, isBehindClash || clashing.has(hunk))
      isBehindClash = clashing.has(hunk)
    }
    const to = places[index + 1]
    if (to === undefined || hunks.some(hunk => hunk.from <= from && to <= hunk.to)) continue
    for (const node of cut(flatten(base), from, to)) {
      const [mine, other] = [styleAt(our, from), styleAt(their, from)]
      const within = node.isText ? undefined : inner(node, from, our, their, prefer)
      clash ||= within?.clash ?? false
      const marks = mergeMarks(node.marks, mine ?? node.marks, other ?? node.marks, prefer)
      add([(within?.node ?? node).mark(marks)], isBehindClash)
      isBehindClash = false
    }
  }
  return { content: joined(nodes), clash }
}

/** Units `from` to `to` of the base gave way to these nodes. */
type Hunk = { from: number; to: number; nodes: Node[] }
type Style = { from: number; to: number; marks: readonly Mark[] }
type Edits = { hunks: Hunk[]; styles: Style[]; within: Map<number, Node> }

function editsOf(base: Node, changed: Node): Edits {
  const edits: Edits = { hunks: [], styles: [], within: new Map() }
  let at = 0
  for (const change of diffInline(base, changed)) {
    const to = at + sizeOf(change)
    const last = edits.hunks.at(-1)
    if (change.kind === 'remove' || change.kind === 'insert') {
      const nodes = change.kind === 'insert' ? change.nodes : []
      if (last?.to === at && (last.nodes.length === 0 || nodes.length === 0)) {
        last.to = to
        last.nodes = [...last.nodes, ...nodes]
      } else edits.hunks.push({ from: at, to, nodes })
    } else if (change.kind === 'restyle') edits.styles.push({ from: at, to, marks: change.marks })
    else if (change.kind === 'within')
      for (const node of cut(flatten(base), at, to)) edits.within.set(at, node.copy(applyInline(change.inline, node)))
    at = to
  }
  return edits
}

/** The hunks that overlap one of the other side's and say something else, each with the end of what they replace. */
function clashes(ours: readonly Hunk[], theirs: readonly Hunk[]): Map<Hunk, number> {
  const found = new Map<Hunk, number>()
  for (const mine of ours) {
    for (const other of theirs) {
      const overlap = Math.max(mine.from, other.from) < Math.min(mine.to, other.to)
      const inside = isInside(mine, other) || isInside(other, mine)
      const onlyRemoved = mine.nodes.length === 0 && other.nodes.length === 0
      if ((!overlap && !inside) || onlyRemoved || equalHunks(mine, other)) continue
      const end = Math.max(mine.to, other.to, found.get(mine) ?? 0, found.get(other) ?? 0)
      found.set(mine, end).set(other, end)
    }
  }
  return found
}

const isInside = (point: Hunk, hunk: Hunk) => point.from === point.to && hunk.from < point.from && point.from < hunk.to

const equalHunks = (a: Hunk, b: Hunk) => a.from === b.from && a.to === b.to && joined(a.nodes).eq(joined(b.nodes))

const styleAt = (edits: Edits, at: number) => edits.styles.find(style => style.from <= at && at < style.to)?.marks

function inner(node: Node, at: number, our: Edits, their: Edits, prefer: 'ours' | 'theirs') {
  const [mine, other] = [our.within.get(at), their.within.get(at)]
  if (!mine || !other) return { node: mine ?? other ?? node, clash: false }
  const merged = mergeInline(node, mine, other, prefer)
  return { node: node.copy(merged.content), clash: merged.clash }
}

function mergeMarks(base: readonly Mark[], ours: readonly Mark[], theirs: readonly Mark[], prefer: 'ours' | 'theirs') {
  const added = (marks: readonly Mark[]) => marks.filter(mark => !mark.isInSet(base))
  const kept = base.filter(mark => mark.isInSet(ours) && mark.isInSet(theirs))
  // The later of two links on one word replaces the earlier.
  const [first, last] = prefer === 'ours' ? [theirs, ours] : [ours, theirs]
  return [...added(first), ...added(last)].reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), kept)
}

/** Letters of scripts that part their words; two such words side by side would read as one. */
const parted = /[\p{L}\p{N}]/u

function needsSpace(before: Node | undefined, after: Node | undefined): boolean {
  const [end, start] = [before?.text?.at(-1) ?? placeholder, after?.text?.at(0) ?? placeholder]
  return [end, start].every(letter => parted.test(letter) && !unparted.test(letter))
}
