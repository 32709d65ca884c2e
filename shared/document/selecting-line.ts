import type { Node } from 'prosemirror-model'
import { cut, flatten, isSecondHalf } from './inline.ts'
import { type Run, unitAtoms } from './selecting-atoms.ts'
import { diffKnown } from './selecting-known.ts'
import { inPlace, sizeNow } from './selecting-order.ts'
import { type Hand, type Parts, peopleIn, textOf } from './selecting-parts.ts'
import type { Pair, Place, Walk } from './selecting-plan.ts'

/** A stretch of a line, whose fate is one. */
export type Piece =
  | { kind: 'keep'; nodes: Node[]; run: Run }
  | { kind: 'remove' | 'insert'; nodes: Node[]; run: Run; part: number }
  /** `nodes` are as they are now. */
  | { kind: 'restyle'; was: Node[]; nodes: Node[]; run: Run; part: number }
  /** A footnote with another inside. */
  | { kind: 'within'; pair: Pair }

/** What became of the inside of a line, parted where it was not the same hands. */
export function piecesOf(walk: Walk, was: Place, is: Place): Piece[] {
  const { parts, witness, partOf } = walk
  const [flatWas, flatIs] = [flatten(was.node), flatten(is.node)]
  const [head, draft] = [unitAtoms(was.node, was.at), unitAtoms(is.node, is.at)]
  const units = new Map(draft.map((atom, unit) => [atom, unit]))
  const unitAt = (atom: number | undefined) => (atom === undefined ? undefined : units.get(atom))
  const found = diffKnown(was.node, is.node, at => {
    const atom = head[at] ?? 0
    const [itself, unit] = [witness.atomNow(atom), unitAt(witness.copyNow(atom))]
    return unit === undefined ? undefined : { unit, isCopy: itself === undefined }
  })
  const changes = inPlace(found, {
    was: flatWas,
    is: flatIs,
    grave: unit => unitAt(witness.stoodBefore(head[unit] ?? 0)),
    isShared(gone, come) {
      const hands = new Set<string | null>()
      for (let unit = gone[0]; unit < gone[1]; unit++)
        for (const { person } of handsOver(unit, 'head')) hands.add(person)
      for (let unit = come[0]; unit < come[1]; unit++)
        for (const { person } of handsOver(unit, 'draft')) hands.add(person)
      return hands.size > 1
    },
  })
  const together = nearby(parts, flatIs.text)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  for (const change of changes) {
    const size = change.kind === 'remove' ? change.size : sizeNow(change)
    if (change.kind === 'remove') {
      for (const [from, to, hands] of stretches(i, i + size, flatWas.text, unit => handsOver(unit, 'head'))) {
        const nodes = cut(flatWas, from, to)
        const part = together(j, j, hands, 'words', { before: textOf(nodes) })
        pieces.push({ kind: 'remove', nodes, run: owned('head', head, from, to, part), part })
      }
    } else if (change.kind === 'insert') {
      for (const [from, to, hands] of stretches(j, j + size, flatIs.text, unit => handsOver(unit, 'draft'))) {
        const nodes = cut(flatIs, from, to)
        const part = together(from, to, hands, 'words', { after: textOf(nodes) })
        pieces.push({ kind: 'insert', nodes, run: owned('draft', draft, from, to, part), part })
      }
    } else if (change.kind === 'restyle') {
      const names = differing(change.was, change.marks)
      const hand = (unit: number) => [witness.marked(draft[unit] ?? 0, names)]
      for (const [from, to, hands] of stretches(j, j + size, flatIs.text, hand)) {
        const nodes = cut(flatIs, from, to)
        const text = textOf(nodes)
        const part = together(from, to, hands, 'restyled', { before: text, after: text })
        const old = cut(flatWas, i + from - j, i + to - j)
        pieces.push({ kind: 'restyle', was: old, nodes, run: runOf('draft', draft, from, to), part })
      }
    } else if (change.kind === 'within') {
      const [old] = cut(flatWas, i, i + 1)
      const [now] = cut(flatIs, j, j + 1)
      if (old && now)
        pieces.push({
          kind: 'within',
          pair: walk.pair({ node: old, at: head[i] ?? 0 }, { node: now, at: draft[j] ?? 0 }),
        })
    } else pieces.push({ kind: 'keep', nodes: cut(flatIs, j, j + size), run: runOf('draft', draft, j, j + size) })
    if (change.kind !== 'insert') i += size
    if (change.kind !== 'remove') j += size
  }
  return pieces

  function owned(side: 'head' | 'draft', atoms: readonly number[], from: number, to: number, part: number): Run {
    const run = runOf(side, atoms, from, to)
    partOf[side].fill(part, run.from, run.from + run.size)
    return run
  }

  function handsOver(unit: number, side: 'head' | 'draft'): Hand[] {
    const atoms = side === 'head' ? head : draft
    const hands: Hand[] = []
    for (let atom = atoms[unit] ?? 0; atom < (atoms[unit + 1] ?? 0); atom++) {
      // What is there to this day, and yet is not paired, was put elsewhere by nobody that is known.
      const isDouble = side === 'head' ? witness.atomNow(atom) !== undefined : witness.isOld(atom)
      if (isDouble) hands.push(witness.somebody)
      else hands.push(side === 'head' ? witness.took(atom) : witness.wrote(atom))
    }
    return hands
  }
}

/** The inside of a new block: its maker's words are the block, those of others are parts of their own. */
export function wordsOfMany({ parts, witness, partOf }: Walk, is: Place, block: number, maker: Hand): Piece[] {
  const flat = flatten(is.node)
  const atoms = unitAtoms(is.node, is.at)
  const others = new Map<string, number>()
  const hands = (unit: number) => {
    const found: Hand[] = []
    for (let atom = atoms[unit] ?? 0; atom < (atoms[unit + 1] ?? 0); atom++)
      found.push(witness.isOld(atom) ? maker : witness.wrote(atom))
    return found
  }
  return stretches(0, flat.text.length, flat.text, hands).map(([from, to, by]) => {
    const nodes = cut(flat, from, to)
    const key = peopleIn(by)
    const part = key === (maker.person ?? '') ? block : (others.get(key) ?? parts.add('words', by))
    if (part !== block) others.set(key, part)
    parts.credit(part, by)
    const told = parts.all[part]
    if (told) told.after += (part !== block && told.after !== '' ? ' … ' : '') + textOf(nodes)
    const run = runOf('draft', atoms, from, to)
    partOf.draft.fill(part, run.from, run.from + run.size)
    return { kind: 'insert', nodes, run, part }
  })
}

/** What is nearer than this is the same change, unless a sentence ends between. */
const near = 30
const sentenceEnd = /[.!?。！？؟…]/u
const insideWord = /^[\p{L}\p{M}\p{N}]{0,12}$/u

/** Makes parts; those of the same hands that stand near each other are one change. */
function nearby(parts: Parts, text: string) {
  const last = new Map<string, { part: number; end: number; written: number | undefined }>()
  return (
    from: number,
    to: number,
    hands: readonly Hand[],
    kind: 'words' | 'restyled',
    told: { before?: string; after?: string },
  ): number => {
    const part = parts.add(kind, hands, told)
    const key = peopleIn(hands)
    const known = last.get(key)
    const isNear = known && from - known.end <= near && !sentenceEnd.test(text.slice(known.end, from))
    if (isNear) parts.join(known.part, part)
    const own = parts.all[part]
    const between = isNear && known.written !== undefined && told.after ? text.slice(known.written, from) : undefined
    if (own && between !== undefined && insideWord.test(between)) own.between = between
    last.set(key, { part, end: to, written: told.after ? to : isNear ? known.written : undefined })
    return part
  }
}

type Stretch = [from: number, to: number, hands: Hand[]]

/** Parts a stretch where the hands change, never inside a character. */
function stretches(from: number, end: number, text: string, handsOver: (unit: number) => Hand[]): Stretch[] {
  const found: Stretch[] = []
  let key: string | undefined
  for (let unit = from; unit < end; unit++) {
    const last = found.at(-1)
    const hands = handsOver(unit)
    const people = hands.length === 1 ? (hands[0]?.person ?? '') : peopleIn(hands)
    if (last && (people === key || isSecondHalf(text.charCodeAt(unit)))) {
      last[1] = unit + 1
      const newest = last[2].at(-1)
      last[2].push(...hands.filter(({ person, at }) => person !== newest?.person || at !== newest.at))
    } else {
      found.push([unit, unit + 1, hands])
      key = people
    }
  }
  return found
}

function differing(was: readonly Node['marks'][number][], is: readonly Node['marks'][number][]): string[] {
  const only = (some: typeof was, other: typeof was) => some.filter(mark => !mark.isInSet(other))
  return [...new Set([...only(was, is), ...only(is, was)].map(mark => mark.type.name))]
}

const runOf = (side: 'head' | 'draft', atoms: readonly number[], from: number, to: number): Run => ({
  side,
  from: atoms[from] ?? 0,
  size: (atoms[to] ?? 0) - (atoms[from] ?? 0),
})
