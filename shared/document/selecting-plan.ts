import type { Node } from 'prosemirror-model'
import type { Match } from './align.ts'
import { changedAttributes } from './diff.ts'
import { fingerprint } from './fingerprint.ts'
import { columnsOf, steps } from './pairing.ts'
import { atomsIn, childAtoms } from './selecting-atoms.ts'
import { knownSteps } from './selecting-blocks.ts'
import { piecesOf, type Piece, wordsOfMany } from './selecting-line.ts'
import { type Hand, Parts, peopleIn, textOf, type Witness } from './selecting-parts.ts'
import { inlineText } from './text.ts'

/** A node and its first atom. */
export interface Place {
  node: Node
  at: number
}

/** What became of the children of a node, as `Step`s of a pairing, each with the parts that it is made of. */
export type PlanStep =
  | { kind: 'keep'; was: Place; is: Place }
  | { kind: 'remove'; was: Place; part: number }
  | { kind: 'insert'; is: Inserted }
  | { kind: 'change'; pair: Pair }
  | { kind: 'leave' | 'arrive'; pair: Pair; part: number }

/** A node that is in both documents and differs. The parts inside it are those from `first` on, before `end`. */
export interface Pair {
  was: Place
  is: Place
  attributes: { name: string; part: number }[]
  /** Empty where the content is the same. */
  pieces: Piece[]
  steps: PlanStep[]
  first: number
  end: number
}

/** A new block: what its maker put there, and what others did, which can be picked by itself. */
export interface Inserted {
  is: Place
  part: number
  pieces: Piece[]
  children: Inserted[]
  first: number
  end: number
}

/** What walks along two documents works with. */
export interface Walk {
  parts: Parts
  witness: Witness
  /** Which part an atom of either document belongs to, where it is not in both. */
  partOf: { head: Int32Array; draft: Int32Array }
  pair(was: Place, is: Place): Pair
}

/** How a draft differs from the head, as a tree that mirrors both, down to what can be picked by itself. */
export function planOf(head: Node, draft: Node, witness: Witness): { parts: Parts; root: Pair; walk: Walk } {
  const partOf = { head: new Int32Array(atomsIn(head)).fill(-1), draft: new Int32Array(atomsIn(draft)).fill(-1) }
  const walk: Walk = { parts: new Parts(), witness, partOf, pair: (was, is) => pairOf(walk, was, is) }
  const [was, is] = [
    { node: head, at: 0 },
    { node: draft, at: 0 },
  ]
  const steps = head.eq(draft) ? [] : childSteps(walk, was, is, undefined, true)
  const root = { was, is, attributes: [], pieces: [], steps, first: 0, end: walk.parts.all.length }
  return { parts: walk.parts, root, walk }
}

function pairOf(walk: Walk, was: Place, is: Place, columns?: readonly Match[]): Pair {
  const { parts, witness } = walk
  const pair: Pair = { was, is, attributes: [], pieces: [], steps: [], first: parts.all.length, end: 0 }
  const byPeople = new Map<string, number>()
  for (const name of Object.keys(changedAttributes(was.node, is.node))) {
    const hand = witness.set(is.at, name)
    const known = byPeople.get(hand.person ?? '')
    const text = textOf([is.node])
    const part = known ?? parts.add('restyled', [hand], { before: text, after: text })
    parts.credit(part, [hand])
    byPeople.set(hand.person ?? '', part)
    pair.attributes.push({ name, part })
  }
  if (!was.node.content.eq(is.node.content)) {
    if (is.node.inlineContent) pair.pieces = piecesOf(walk, was, is)
    else pair.steps = childSteps(walk, was, is, columns, false)
  }
  return { ...pair, end: parts.all.length }
}

function childSteps(
  walk: Walk,
  was: Place,
  is: Place,
  columns: readonly Match[] | undefined,
  isTop: boolean,
): PlanStep[] {
  const { parts, witness, partOf } = walk
  const [inHead, inDraft] = [childAtoms(was.node, was.at), childAtoms(is.node, is.at)]
  const head = (index: number): Place => ({ node: was.node.child(index), at: inHead[index] ?? 0 })
  const draft = (index: number): Place => ({ node: is.node.child(index), at: inDraft[index] ?? 0 })
  const inside = is.node.type.name === 'table' ? columnsOf(was.node, is.node) : undefined
  const told = steps(was.node, is.node, columns)
  const found = columns ? told : knownSteps(told, was, is, witness)
  const newcomers = strangers()
  const byColumn = new Map<string, number>()
  const moves = new Map<number, { pair: Pair; part: number }>()
  const plan: (PlanStep | { kind: 'leaving'; a: number })[] = []
  for (const step of found) {
    if (isTop && step.kind !== 'remove' && step.kind !== 'leave') passHeading(is.node.child(step.b))
    const last = plan.at(-1)
    if (step.kind === 'keep') plan.push({ kind: 'keep', was: head(step.a), is: draft(step.b) })
    else if (step.kind === 'change')
      plan.push({ kind: 'change', pair: pairOf(walk, head(step.a), draft(step.b), inside) })
    else if (step.kind === 'leave') plan.push({ kind: 'leaving', a: step.a })
    else if (step.kind === 'arrive') {
      const place = draft(step.b)
      const part = parts.add('moved', mover(place), { before: textOf([place.node]), after: textOf([place.node]) })
      const move = { pair: pairOf(walk, head(step.a), place, inside), part }
      moves.set(step.a, move)
      plan.push({ kind: 'arrive', ...move })
    } else if (step.kind === 'remove') {
      const place = head(step.a)
      const part = removed(walk, place)
      if (last?.kind === 'remove') joinAlike(last.part, part)
      if (columns) joinColumn('remove', part)
      plan.push({ kind: 'remove', was: place, part })
    } else {
      const place = draft(step.b)
      const made = inserted(walk, place, undefined, newcomers.get(fingerprint(place.node)))
      if (last?.kind === 'insert' && !isHeading(place.node)) joinAlike(last.is.part, made.part)
      if (columns) joinColumn('insert', made.part)
      plan.push({ kind: 'insert', is: made })
    }
  }
  return plan.flatMap((step): PlanStep[] => {
    if (step.kind !== 'leaving') return [step]
    const move = moves.get(step.a)
    return move ? [{ kind: 'leave', ...move }] : []
  })

  function passHeading(node: Node) {
    if (isHeading(node)) parts.section = inlineText(node).replaceAll('\n', ' ').trim()
  }

  function joinAlike(one: number, other: number) {
    const [a, b] = [parts.all[one], parts.all[other]]
    if (a && b && a.section === b.section && peopleIn(a.hands) === peopleIn(b.hands)) parts.join(one, other)
  }

  /** A column that came or went is one change, not one in every row. */
  function joinColumn(kind: string, part: number) {
    const key = `${kind} ${peopleIn(parts.all[part]?.hands ?? [])}`
    const known = byColumn.get(key) ?? part
    byColumn.set(key, known)
    parts.join(known, part)
  }

  /** Blocks that say what another says that stood there before: of two that are alike either may be the new one. */
  function strangers(): Map<string, Hand> {
    const hands = new Map<string, Hand>()
    for (const step of found)
      if (step.kind === 'keep' && !witness.isOld(inDraft[step.b] ?? 0))
        hands.set(fingerprint(is.node.child(step.b)), witness.wrote(inDraft[step.b] ?? 0))
    return hands
  }

  /** Whoever wrote the block anew where it stands now, or those that it passed. */
  function mover({ at }: Place): Hand[] {
    if (!witness.isOld(at)) return [witness.wrote(at)]
    const passed = found.flatMap(step => {
      if (step.kind !== 'keep' && step.kind !== 'change' && step.kind !== 'arrive') return []
      const atom = inDraft[step.b] ?? 0
      return witness.isOld(atom) ? [] : [witness.wrote(atom)]
    })
    return passed.length > 0 ? passed : [witness.somebody]
  }

  function removed({ parts: all }: Walk, place: Place): number {
    const part = all.add('removed', [], { before: textOf([place.node]) })
    const end = place.at + atomsIn(place.node)
    const hands: Hand[] = []
    for (let atom = place.at; atom < end; atom++) {
      partOf.head[atom] = part
      if (witness.atomNow(atom) === undefined) hands.push(witness.took(atom))
    }
    const known = hands.filter(({ person }) => person !== null)
    all.credit(part, known.length > 0 ? known : [witness.somebody])
    return part
  }
}

/** A new node, in the part of the one around it where the same hand made both. */
function inserted(walk: Walk, is: Place, around: number | undefined, stranger?: Hand): Inserted {
  const { parts, witness, partOf } = walk
  const first = parts.all.length
  const hand = witness.isOld(is.at) ? (stranger ?? witness.somebody) : makerOf(walk, is)
  const isSame = around !== undefined && peopleIn(parts.all[around]?.hands ?? []) === (hand.person ?? '')
  const part = isSame ? around : parts.add('inserted', [hand])
  parts.credit(part, [hand])
  partOf.draft[is.at] = part
  const made: Inserted = { is, part, pieces: [], children: [], first, end: 0 }
  const outer = parts.within
  parts.within = part
  const own = parts.all[part]
  if (own && own.after !== '') own.after += '\n'
  if (is.node.isLeaf && own) own.after += textOf([is.node])
  else if (is.node.inlineContent) made.pieces = wordsOfMany(walk, is, part, hand)
  else {
    const starts = childAtoms(is.node, is.at)
    made.children = is.node.children.map((node, index) =>
      inserted(walk, { node, at: starts[index] ?? 0 }, part, stranger),
    )
  }
  parts.within = outer
  return { ...made, end: parts.all.length }
}

/** Whoever wrote a line; where others' words are all that is in it, it was only put elsewhere, and is theirs. */
function makerOf({ witness }: Walk, { node, at }: Place): Hand {
  const maker = witness.wrote(at)
  if (!node.inlineContent || node.content.size === 0) return maker
  for (let atom = at + 1; atom < at + atomsIn(node); atom++)
    if (witness.isOld(atom) || witness.wrote(atom).person === maker.person) return maker
  return witness.wrote(at + 1)
}

const isHeading = ({ type, attrs }: Node) => type.name === 'line' && attrs['kind'] === 'heading'
