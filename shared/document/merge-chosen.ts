import type { Node } from 'prosemirror-model'
import { around, idOf, sectionAt, shown } from './clash-place.ts'
import { regions, type Stretch } from './diff3.ts'
import { fingerprint } from './fingerprint.ts'
import { cellByCell, type MergeCell } from './merge-cells.ts'
import { mergePiece } from './merge-piece.ts'
import { begunAs, both, gathered, isTold, type Rows, sameKeys, taken, within } from './merge-regions.ts'
import { steps } from './pairing.ts'
import { assembled, type Piece, piecesOf, wholeKey } from './pieces.ts'
import { toText } from './text.ts'

export type Choice = 'ours' | 'theirs'

/** One place where both sides changed the same words, or words that touch: one of the two can be chosen. */
export type Clash = {
  /** Made of its place in the base and of what the sides say there, so that it names nothing else. */
  id: string
  /** The heading that it stands under in ours; nothing before the first. */
  section: string
  /** The words around it, in ours, as far as its block goes. */
  around: { before: string; after: string }
  base: Node | undefined
  ours: Node | undefined
  theirs: Node | undefined
  /** What theirs would make of it: their words, beside those of ours that only touch them. */
  taken: Node | undefined
  /** Made, or for ours where theirs has no other words, as of pictures that both exchanged. */
  choice: Choice | undefined
}

/**
 * The document in which both have their way, word by word over the whole text as diff3 does it: wherever the plain texts
 * merge without a conflict, this says the same; wherever not, there is a clash, and nothing is decided but by a choice.
 * Clashes without one stay as ours has them. Formatting, and what kind of block the words stand in, merge beside them.
 * The cells of a table are texts of their own, `inside` which their clashes have their ids.
 */
export function mergeChosen(
  base: Node,
  ours: Node,
  theirs: Node,
  choices: ReadonlyMap<string, Choice> = new Map(),
  inside: readonly number[] = [],
): { document: Node; clashes: Clash[] } {
  const known = new Map<string, Piece[]>()
  const rows: Rows = {
    base: piecesOf(base, wholeKey, known),
    ours: piecesOf(ours, namesFor(base, ours), known),
    theirs: piecesOf(theirs, namesFor(base, theirs), known),
  }
  const keys = (row: readonly Piece[]) => row.map(piece => piece.key)
  const found = gathered(regions(keys(rows.base), keys(rows.ours), keys(rows.theirs)), rows)
  const clashes: Clash[] = []
  const parts: (readonly Piece[])[] = []
  let [at, our, their] = [0, 0, 0]
  for (const region of [...found, undefined]) {
    for (const to = region?.base[0] ?? rows.base.length; at < to; at++, our++, their++) {
      const [was, mine, other] = [rows.base[at], rows.ours[our], rows.theirs[their]]
      if (!was || !mine || !other) break
      const merged = mergePiece(was, mine, other)
      if (!merged.clash) parts.push([merged.piece])
      else {
        const table = cellByCell([was.block, mine.block, other.block], mergeCell(at, our))
        parts.push(
          table ? [{ ...mine, block: table }] : settle([was], [mine], [other], [merged.theirs], [at, at + 1], our),
        )
      }
    }
    if (!region) break
    const was = within(rows.base, region.base)
    const mine = within(rows.ours, region.ours)
    const other = within(rows.theirs, region.theirs)
    if (region.theirHunks.length === 0) parts.push(begunAs(mine, was, other))
    else if (region.ourHunks.length === 0) parts.push(begunAs(other, was, mine))
    else if (sameKeys(mine, other)) parts.push(mine)
    else if (!isTold(region, rows)) parts.push(both(region, rows))
    else parts.push(settle(was, mine, other, taken(region, rows), region.base, region.ours[0]))
    at = region.base[1]
    our = region.ours[1]
    their = region.theirs[1]
  }
  return { document: assembled(parts.flat()), clashes }

  /** What one cell of a table at a place says then; what clashes in it is chosen by itself. */
  function mergeCell(place: number, ourAt: number): MergeCell {
    return (was, mine, other, at) => {
      const merged = mergeChosen(was, mine, other, choices, [...inside, place, ...at])
      const section = sectionAt(rows.ours, ourAt)
      clashes.push(...merged.clashes.map(clash => ({ ...clash, section })))
      return merged.document
    }
  }

  function settle(
    was: readonly Piece[],
    mine: readonly Piece[],
    other: readonly Piece[],
    whole: readonly Piece[],
    place: Stretch,
    ourAt: number,
  ): readonly Piece[] {
    const id = idOf([...inside, place, mine, other])
    const said = { base: shown(was), ours: shown(mine), theirs: shown(other), taken: shown(whole) }
    const choice = choices.get(id) ?? (isWordless(said) ? 'ours' : undefined)
    const stands = { section: sectionAt(rows.ours, ourAt), around: around(rows.ours, [ourAt, ourAt + mine.length]) }
    clashes.push({ id, choice, ...stands, ...said })
    return choice === 'theirs' ? whole : mine
  }
}

/** Theirs has no words but those of the base or of ours: a picture was exchanged, or something looks different. */
function isWordless({ base, ours, theirs, taken }: Pick<Clash, 'base' | 'ours' | 'theirs' | 'taken'>): boolean {
  const text = (document: Node | undefined) => (document ? toText(document) : '')
  const said = text(theirs)
  return text(taken) === said && [base, ours].some(one => text(one) === said)
}

/** Tables and other blocks with blocks inside keep their name while they change; the base's is theirs. */
function namesFor(base: Node, side: Node): (block: Node) => string {
  const known = new Set(base.children.filter(block => !block.inlineContent).map(fingerprint))
  const names = new Map<Node, string>()
  if (side.children.some(block => !block.inlineContent && !known.has(fingerprint(block))))
    for (const step of steps(base, side))
      if (step.kind === 'change' || step.kind === 'arrive') names.set(side.child(step.b), wholeKey(base.child(step.a)))
  return block => names.get(block) ?? wholeKey(block)
}
