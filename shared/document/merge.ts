import { Fragment, type Node } from 'prosemirror-model'
import { align, type Match } from './align.ts'
import { fingerprint, same } from './fingerprint.ts'
import { fitting } from './fitting.ts'
import { mergeInline } from './merge-inline.ts'
import { asIfAlwaysThere } from './merge-rows.ts'
import { type Arrival, type Side, sideOf } from './merge-sides.ts'
import { newBlocks } from './new-blocks.ts'
import { columnsOf } from './pairing.ts'

/** Where the two sides want different things; each node is the whole block, missing where that side removed it. */
export type Conflict = {
  kind: 'words' | 'removed' | 'replaced' | 'attribute'
  /** The way to the block in the base: the index of the block, then of what is inside it. */
  path: number[]
  base: Node | undefined
  ours: Node | undefined
  theirs: Node | undefined
}

export type Merged = {
  document: Node
  conflicts: Conflict[]
  /** New words of ours whose block theirs took away: whole blocks, to be kept for whoever wrote them. */
  displaced: Node[]
}

/** Everything that a merge carries along: whose will is done where both cannot be, and what was found. */
export type Merging = { prefer: 'ours' | 'theirs'; conflicts: Conflict[]; displaced: Node[] }

/**
 * The document in which both have their way: what `ours` and what `theirs` changed since `base`. Words put in at one
 * place stand one after the other, ours first. In a conflict `prefer` wins; but with `theirs`, new words of ours in a
 * block that stays are kept in their place, and those in a block that goes are `displaced`.
 */
export function merge(base: Node, ours: Node, theirs: Node, prefer: 'ours' | 'theirs' = 'ours'): Merged {
  const merging: Merging = { prefer, conflicts: [], displaced: [] }
  const document = mergeNode(base, ours, theirs, [], merging)
  return { document, conflicts: merging.conflicts, displaced: merging.displaced }
}

function mergeNode(base: Node, ours: Node, theirs: Node, path: number[], merging: Merging, columns?: Columns): Node {
  if (same(base, theirs) || same(ours, theirs)) return ours
  if (same(base, ours)) return theirs
  const known = merging.conflicts.length
  const attrs = mergeAttributes(base, ours, theirs, merging.prefer)
  const conflict = (kind: Conflict['kind']) => merging.conflicts.push({ kind, path, base, ours, theirs })
  if (attrs.clash) conflict('attribute')
  if (base.inlineContent) {
    const merged = mergeInline(base, ours, theirs, merging.prefer)
    if (merged.clash) conflict('words')
    return base.type.create(attrs.merged, merged.content)
  }
  const content = fitting(base, Fragment.fromArray(mergeChildren(base, ours, theirs, path, merging, columns)))
  if (content) return base.type.create(attrs.merged, content)
  merging.conflicts.length = known
  conflict('replaced')
  return merging.prefer === 'ours' ? ours : theirs
}

function mergeAttributes(base: Node, ours: Node, theirs: Node, prefer: 'ours' | 'theirs') {
  const merged: Record<string, unknown> = {}
  const text = (node: Node, name: string) => JSON.stringify(node.attrs[name])
  let clash = false
  for (const name of Object.keys(base.attrs)) {
    const [was, our, their] = [text(base, name), text(ours, name), text(theirs, name)]
    const both = our !== was && their !== was && our !== their
    clash ||= both
    const winner = both ? prefer : their !== was ? 'theirs' : 'ours'
    merged[name] = (winner === 'theirs' ? theirs : ours).attrs[name]
  }
  return { merged, clash }
}

/** How the columns of the table around these rows became each side's. */
type Columns = { ours: Match[] | undefined; theirs: Match[] | undefined }

function mergeChildren(
  base: Node,
  ours: Node,
  theirs: Node,
  path: number[],
  merging: Merging,
  columns?: Columns,
): Node[] {
  const [our, their] = [sideOf(base, ours, columns?.ours), sideOf(base, theirs, columns?.theirs)]
  const inside =
    base.type.name === 'table' ? { ours: columnsOf(base, ours), theirs: columnsOf(base, theirs) } : undefined
  const [first, second] = merging.prefer === 'ours' ? [our, their] : [their, our]
  const settled = new Map<number, Node | undefined>()
  const outcome = (index: number) => {
    if (!settled.has(index)) settled.set(index, fateOf(base, index, our, their, [...path, index], merging, inside))
    return settled.get(index)
  }
  const nodes: Node[] = []
  const place = (arrival: Arrival, side: Side) => {
    if (arrival.from === undefined) nodes.push(inside ? newRow(arrival.node, side) : arrival.node)
    // Moved to two places: it stands where the preferred side put it.
    else if (side === first || !first.moved.has(arrival.from)) {
      const node = outcome(arrival.from)
      if (node) nodes.push(node)
    }
  }
  const newRow = (row: Node, side: Side) => {
    const isOurs = side === our
    const known = isOurs
      ? asIfAlwaysThere(row, base, theirs, inside?.ours, inside?.theirs)
      : asIfAlwaysThere(row, base, ours, inside?.theirs, inside?.ours)
    if (!known) return row
    const [mine, other] = isOurs ? [row, known.other] : [known.other, row]
    return mergeNode(known.base, mine, other, path, merging, inside)
  }
  for (let gap = 0; gap <= base.childCount; gap++) {
    const [mine, other] = [our.arrivals[gap] ?? [], their.arrivals[gap] ?? []]
    if (rewrittenByBoth(gap, our, their)) {
      merging.conflicts.push({
        kind: 'replaced',
        path: [...path, gap - 1],
        base: base.child(gap - 1),
        ours: mine[0]?.node,
        theirs: other[0]?.node,
      })
    }
    let [i, j] = [0, 0]
    for (const [toI, toJ] of [...alignArrivals(mine, other), [mine.length, other.length] as const]) {
      for (const arrival of mine.slice(i, toI)) place(arrival, our)
      for (const arrival of other.slice(j, toJ)) place(arrival, their)
      const shared = mine[toI]
      if (shared) place(shared, first)
      i = toI + 1
      j = toJ + 1
    }
    if (gap === base.childCount || first.moved.has(gap) || second.moved.has(gap)) continue
    const node = outcome(gap)
    if (node) nodes.push(node)
  }
  return nodes
}

function alignArrivals(ours: readonly Arrival[], theirs: readonly Arrival[]) {
  const keys = (arrivals: readonly Arrival[]) => arrivals.map(({ node, from }) => `${from ?? ''}\0${fingerprint(node)}`)
  return align(keys(ours), keys(theirs))
}

/** Both took the same block away and put something of their own in its place. */
function rewrittenByBoth(gap: number, our: Side, their: Side): boolean {
  const rewrites = (side: Side) =>
    gap > 0 &&
    side.nodes[gap - 1] === undefined &&
    (side.arrivals[gap] ?? []).some(arrival => arrival.from === undefined)
  if (!rewrites(our) || !rewrites(their)) return false
  const text = (side: Side) => (side.arrivals[gap] ?? []).map(arrival => fingerprint(arrival.node)).join()
  return text(our) !== text(their)
}

/** What becomes of one child of the base. */
function fateOf(
  base: Node,
  index: number,
  our: Side,
  their: Side,
  path: number[],
  merging: Merging,
  columns: Columns | undefined,
): Node | undefined {
  const was = base.child(index)
  const [mine, other] = [our.nodes[index], their.nodes[index]]
  if (mine && other) return mergeNode(was, mine, other, path, merging, columns)
  const left = mine ?? other
  if (!left || same(was, left)) return undefined
  merging.conflicts.push({ kind: 'removed', path, base: was, ours: mine, theirs: other })
  const keeper = mine ? 'ours' : 'theirs'
  if (merging.prefer === keeper) return left
  if (mine) merging.displaced.push(...newBlocks(was, mine))
  return undefined
}
