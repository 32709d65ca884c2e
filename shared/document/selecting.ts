import { Fragment, type Node } from 'prosemirror-model'
import { fitting } from './fitting.ts'
import { joined } from './inline.ts'
import { emptyDocument } from './schema.ts'
import { atomsIn, type Run } from './selecting-atoms.ts'
import { atHome, type Guest, type Home, withGuests } from './selecting-guests.ts'
import type { Piece } from './selecting-line.ts'
import type { Inserted, Pair, Place, PlanStep } from './selecting-plan.ts'

/** A document, and where each of its atoms comes from. */
export interface Selected {
  document: Node
  runs: Run[]
}

/** Which parts are picked, and which words stand elsewhere for that. */
export interface Choice {
  picks(part: number): boolean
  /** Where blocks that are in both come from. */
  keeps: 'head' | 'draft'
  away: ReadonlySet<Piece>
  homes: Home
}

/** Picks parts; new words go home with those that they stand amid where these are not picked. */
export function chosen(
  picks: (part: number) => boolean,
  guests: readonly Guest[],
  keeps: Choice['keeps'] = 'draft',
): Choice {
  const gone = guests.filter(({ piece, home }) => picks(piece.part) && !picks(home.part))
  return { picks, keeps, away: new Set(gone.map(({ piece }) => piece)), homes: atHome(gone) }
}

type Nodes = { nodes: Node[]; runs: Run[] }

/**
 * The head with those parts of the plan that are picked: with all of them it is the draft, with none the head itself.
 * No word is there that neither has, and none is lost that both have. A new block stands as soon as anything in it is
 * picked, with nothing in it but that.
 */
export function selected(root: Pair, choice: Choice): Selected {
  const { node, runs } = pairWith(root, choice)
  if (node.childCount > 0) return { document: node, runs }
  const document = emptyDocument()
  return { document, runs: [{ side: undefined, from: 0, size: atomsIn(document) }] }
}

/** Some of the blocks of a plan, with those parts that are picked; a block that moved is shown where it stands now. */
export function excerpt(steps: readonly PlanStep[], choice: Choice): Node[] {
  return steps.flatMap(step => {
    if (step.kind === 'keep' || step.kind === 'leave') return []
    if (step.kind === 'remove')
      return choice.picks(step.part) ? [] : withGuests([step.was.node], step.was.at, choice.homes).nodes
    if (step.kind === 'insert') return insertedWith(step.is, choice)?.node ?? []
    return pairWith(step.pair, choice).node
  })
}

function pairWith(pair: Pair, choice: Choice, hasArrived = false): { node: Node; runs: Run[] } {
  const { was, is } = pair
  const picked = (index: number) => choice.picks(pair.first + index)
  const parts = Array.from({ length: pair.end - pair.first }, (_, index) => picked(index))
  const { nodes, runs } = pair.steps.length > 0 ? childrenWith(pair.steps, choice) : lineWith(pair, choice)
  const isDraft = hasArrived || choice.keeps === 'draft'
  const own: Run = isDraft ? { side: 'draft', from: is.at, size: 1 } : { side: 'head', from: was.at, size: 1 }
  const self = atomsIn(is.node) > atomsInside(is.node) ? [own] : []
  const attrs: Record<string, unknown> = { ...is.node.attrs }
  for (const { name, part } of pair.attributes) if (!choice.picks(part)) attrs[name] = was.node.attrs[name]

  const content = is.node.inlineContent ? joined(nodes) : Fragment.fromArray(nodes)
  const fit =
    is.node.inlineContent || parts.every(Boolean) || !parts.some(Boolean) ? content : fitting(is.node, content)
  const node = is.node.type.create(attrs, fit ?? content, is.node.marks)
  if (fit === content || !fit) return { node, runs: [...self, ...runs] }
  return { node, runs: [...self, ...fitted(fit, nodes, runs)] }
}

function lineWith({ is, pieces }: Pair, choice: Choice): Nodes {
  if (pieces.length > 0) return piecesWith(pieces, choice)
  const own = atomsIn(is.node) - atomsInside(is.node)
  return { nodes: [...is.node.children], runs: [{ side: 'draft', from: is.at + own, size: atomsInside(is.node) }] }
}

function childrenWith(steps: readonly PlanStep[], choice: Choice): Nodes {
  const found: Nodes = { nodes: [], runs: [] }
  const add = (node: Node, runs: readonly Run[]) => addAll({ nodes: [node], runs })
  const addAll = ({ nodes, runs }: Readonly<{ nodes: readonly Node[]; runs: readonly Run[] }>) => {
    found.nodes.push(...nodes)
    found.runs.push(...runs)
  }
  for (const step of steps) {
    if (step.kind === 'keep')
      add(step.is.node, [choice.keeps === 'head' ? whole('head', step.was) : whole('draft', step.is)])
    else if (step.kind === 'remove') {
      if (!choice.picks(step.part)) addAll(withGuests([step.was.node], step.was.at, choice.homes))
    } else if (step.kind === 'insert') {
      const made = insertedWith(step.is, choice)
      if (made) add(made.node, made.runs)
    } else if (step.kind === 'change' || choice.picks(step.part) === (step.kind === 'arrive')) {
      const { node, runs } = pairWith(step.pair, choice, step.kind === 'arrive')
      add(node, runs)
    }
  }
  return found
}

function insertedWith(made: Inserted, choice: Choice): { node: Node; runs: Run[] } | undefined {
  const { is, part, pieces, children } = made
  if (isWhole(made, choice)) return { node: is.node, runs: [whole('draft', is)] }
  const self: Run = { side: 'draft', from: is.at, size: 1 }
  if (is.node.inlineContent) {
    const { nodes, runs } = piecesWith(pieces, choice)
    if (!choice.picks(part) && nodes.length === 0) return undefined
    return { node: is.node.type.create(is.node.attrs, joined(nodes), is.node.marks), runs: [self, ...runs] }
  }
  const inside = children.flatMap(child => insertedWith(child, choice) ?? [])
  if (!choice.picks(part) && inside.length === 0) return undefined
  const nodes = inside.map(({ node }) => node)
  const runs = inside.flatMap(child => child.runs)
  const content = Fragment.fromArray(nodes)
  const fit = fitting(is.node, content) ?? is.node.content
  return {
    node: is.node.type.create(is.node.attrs, fit, is.node.marks),
    runs: [self, ...(fit === content ? runs : fitted(fit, nodes, runs))],
  }
}

function isWhole({ part, first, end }: Inserted, choice: Choice): boolean {
  for (let index = first; index < end; index++) if (!choice.picks(index)) return false
  return choice.picks(part)
}

function piecesWith(pieces: readonly Piece[], choice: Choice): Nodes {
  const found: Nodes = { nodes: [], runs: [] }
  for (const piece of pieces) {
    if (piece.kind === 'within') {
      const { node, runs } = pairWith(piece.pair, choice)
      found.nodes.push(node)
      found.runs.push(...runs)
      continue
    }
    if (piece.kind === 'insert' && (!choice.picks(piece.part) || choice.away.has(piece))) continue
    if (piece.kind === 'remove') {
      if (choice.picks(piece.part)) continue
      const { nodes, runs } = withGuests(piece.nodes, piece.run.from, choice.homes)
      found.nodes.push(...nodes)
      found.runs.push(...runs)
      continue
    }
    found.nodes.push(...(piece.kind === 'restyle' && !choice.picks(piece.part) ? piece.was : piece.nodes))
    found.runs.push(piece.run)
  }
  return found
}

/** Where the atoms come from once something was added that the schema demands: lines at the beginning, cells at the end. */
function fitted(content: Fragment, nodes: readonly Node[], runs: readonly Run[]): Run[] {
  const added = content.childCount - nodes.length
  const found: Run[] = []
  const rest = runs.map(run => ({ ...run }))
  content.forEach((child, _offset, index) => {
    const own = index < added ? 0 : atomsIn(nodes[index - added] ?? child)
    take(rest, own, found)
    if (atomsIn(child) > own) found.push({ side: undefined, from: 0, size: atomsIn(child) - own })
  })
  return found
}

function take(runs: Run[], size: number, into: Run[]) {
  for (let left = size; left > 0;) {
    const [run] = runs
    if (!run) return
    const part = Math.min(left, run.size)
    into.push({ ...run, size: part })
    run.from += part
    run.size -= part
    left -= part
    if (run.size === 0) runs.shift()
  }
}

const whole = (side: 'head' | 'draft', { node, at }: Place): Run => ({ side, from: at, size: atomsIn(node) })

const atomsInside = (node: Node) => node.children.reduce((sum, child) => sum + atomsIn(child), 0)
