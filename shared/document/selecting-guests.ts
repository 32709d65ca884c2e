import { Fragment, type Node } from 'prosemirror-model'
import { isSecondHalf, joined } from './inline.ts'
import { atomsIn, childAtoms, type Run } from './selecting-atoms.ts'
import type { Piece } from './selecting-line.ts'
import type { Inserted, Pair, PlanStep, Walk } from './selecting-plan.ts'

type Words = Extract<Piece, { kind: 'insert' | 'remove' }>

/** New words amid others that somebody carried there: where those stay at home, so do these. */
export interface Guest {
  piece: Words
  /** The letter of the head behind or before which they stand there, and the part that carried it away. */
  home: { atom: number; isBefore: boolean; part: number }
}

/** The new words of a plan that stand amid words that others carried. */
export function guestsIn(root: Pair, { partOf, witness }: Walk): Guest[] {
  const cameFrom = new Map<number, number>()
  for (const [atom, part] of partOf.head.entries()) {
    const now = part < 0 ? undefined : witness.copyNow(atom)
    if (now !== undefined && (partOf.draft[now] ?? -1) >= 0) cameFrom.set(now, atom)
  }
  const guests: Guest[] = []
  if (cameFrom.size === 0) return guests
  const homes = homesIn(root)
  inPair(root)
  return guests

  function inPair({ is, pieces, steps }: Pair) {
    inLine(is.node, pieces)
    for (const step of steps)
      if (step.kind === 'insert') inInserted(step.is)
      else if (step.kind === 'change' || step.kind === 'arrive') inPair(step.pair)
  }

  function inInserted({ is, pieces, children }: Inserted) {
    inLine(is.node, pieces)
    children.forEach(inInserted)
  }

  function inLine({ type }: Node, pieces: readonly Piece[]) {
    let behind: Guest['home'] | undefined
    let waiting: Words[] = []
    for (const piece of pieces) {
      if (piece.kind === 'within') inPair(piece.pair)
      if (piece.kind === 'remove') continue
      if (piece.kind !== 'insert') {
        behind = undefined
        waiting = []
        continue
      }
      const { from, size } = piece.run
      const carried = Array.from({ length: size }, (_, at) => cameFrom.get(from + at) ?? [])
        .flat()
        .filter(atom => homes(atom) === type)
      const [first, last] = [carried[0], carried.at(-1)]
      if (first === undefined || last === undefined) {
        if (behind) guests.push({ piece, home: behind })
        else waiting.push(piece)
        continue
      }
      for (const one of waiting) guests.push({ piece: one, home: { atom: first, isBefore: true, part: piece.part } })
      waiting = []
      behind = { atom: last, isBefore: false, part: piece.part }
    }
  }
}

/** Tells what kind of line of the head an atom is in that is shown where it stays. */
function homesIn(root: Pair): (atom: number) => Node['type'] | undefined {
  const types = new Map<number, Node['type']>()
  const add = (node: Node, at: number) => {
    if (node.inlineContent) for (let atom = at + 1; atom < at + atomsIn(node); atom++) types.set(atom, node.type)
    // What is in a footnote is not in the line around it.
    if (!node.isText) childAtoms(node, at).forEach((start, index) => add(node.child(index), start))
  }
  const visit = (steps: readonly PlanStep[]) => {
    for (const step of steps)
      if (step.kind === 'remove') add(step.was.node, step.was.at)
      else if (step.kind === 'change' || step.kind === 'arrive') {
        if (step.pair.pieces.length > 0) add(step.pair.was.node, step.pair.was.at)
        visit(step.pair.steps)
      }
  }
  visit(root.steps)
  return atom => types.get(atom)
}

/** Words that stand at home, by the letter that they stand at. */
export type Home = Map<number, { before: Words[]; behind: Words[] }>

export function atHome(guests: readonly Guest[]): Home {
  const homes: Home = new Map()
  for (const { piece, home } of guests) {
    const known = homes.get(home.atom) ?? { before: [], behind: [] }
    homes.set(home.atom, known)
    known[home.isBefore ? 'before' : 'behind'].push(piece)
  }
  return homes
}

interface Nodes {
  nodes: Node[]
  runs: Run[]
}

/** Nodes of the head that stay, from an atom on, with the words that stand at home there. */
export function withGuests(nodes: readonly Node[], from: number, homes: Home): Nodes {
  const found: Nodes = { nodes: [], runs: [] }
  const add = (node: Node, run: Run) => {
    found.nodes.push(node)
    found.runs.push(run)
  }
  const welcome = (pieces: readonly Words[] = []) => {
    for (const { nodes: own, run } of pieces) {
      found.nodes.push(...own)
      found.runs.push(run)
    }
  }
  let at = from
  for (const node of nodes) {
    const end = at + atomsIn(node)
    if (!hasHome(homes, at, end)) add(node, { side: 'head', from: at, size: end - at })
    else if (node.isText)
      for (let start = at, next = at; next < end; next++) {
        const home = homes.get(next)
        const cut = (place: number) => {
          const to = isSecondHalf(node.text?.charCodeAt(place - at)) ? place + 1 : place
          if (to > start) add(node.cut(start - at, to - at), { side: 'head', from: start, size: to - start })
          start = to
        }
        if (home && home.before.length > 0) cut(next)
        welcome(home?.before)
        if (next === end - 1 || (home && home.behind.length > 0)) cut(next + 1)
        welcome(home?.behind)
      }
    else {
      const inside = withGuests(node.children, at + 1, homes)
      welcome(homes.get(at)?.before)
      found.nodes.push(node.copy(node.inlineContent ? joined(inside.nodes) : Fragment.fromArray(inside.nodes)))
      found.runs.push({ side: 'head', from: at, size: 1 }, ...inside.runs)
      welcome(homes.get(at)?.behind)
    }
    at = end
  }
  return found
}

function hasHome(homes: Home, from: number, end: number): boolean {
  for (const atom of homes.keys()) if (atom >= from && atom < end) return true
  return false
}
