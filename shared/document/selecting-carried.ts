import type { Node } from 'prosemirror-model'
import { recognised } from './authorship.ts'
import { unitsOfAtoms } from './selecting-atoms.ts'
import { peopleIn } from './selecting-parts.ts'
import type { Walk } from './selecting-plan.ts'
import { keptUnits, unitText } from './units.ts'

/** Comparing more pieces than this with each other would cost more than it finds. */
const affordable = 10_000

/**
 * Joins the parts between which words were carried: Enter and Backspace take words away here and put them there, and one
 * without the other would lose them or say them twice.
 */
export function carriedTo(head: Node, draft: Node, { parts, partOf, witness }: Walk) {
  if (parts.all.length < 2) return
  for (const [atom, left] of partOf.head.entries()) {
    const arrived = left < 0 ? undefined : partOf.draft[witness.copyNow(atom) ?? -1]
    if (arrived !== undefined && arrived >= 0) parts.join(left, arrived)
  }
  const [gone, come] = [piecesIn(head, partOf.head), piecesIn(draft, partOf.draft)]
  if (gone.length === 0 || come.length === 0) return
  const isSame = (one: number, other: number) =>
    peopleIn(parts.all[one]?.hands ?? []) === peopleIn(parts.all[other]?.hands ?? [])
  const [partOfGone, partOfCome] = [byUnit(head, partOf.head), byUnit(draft, partOf.draft)]
  for (const [unit, was] of keptUnits(head, draft).entries()) {
    const [here, there] = [partOfCome[unit] ?? -1, partOfGone[was] ?? -1]
    if (was >= 0 && here >= 0 && there >= 0 && isSame(here, there)) parts.join(here, there)
  }
  if (gone.length * come.length > affordable) return
  for (const left of gone)
    for (const right of come) {
      const [less, more] = left.text.length < right.text.length ? [left.text, right.text] : [right.text, left.text]
      if (
        less.length >= recognised &&
        (more.includes(less) || (isSame(left.part, right.part) && shareWords(less, more)))
      )
        parts.join(left.part, right.part)
    }
}

/** Whether a dozen letters stand in both. */
function shareWords(less: string, more: string): boolean {
  for (let at = 0; at + recognised <= less.length; at++) if (more.includes(less.slice(at, at + recognised))) return true
  return false
}

/** The words of each part that stand together. */
function piecesIn(document: Node, partOf: Int32Array): { part: number; text: string }[] {
  const found: { part: number; text: string }[] = []
  const text = unitText(document)
  let last = -1
  for (const [unit, part] of byUnit(document, partOf).entries()) {
    if (part >= 0 && part === last) (found.at(-1) ?? { text: '' }).text += text[unit] ?? ''
    else if (part >= 0) found.push({ part, text: text[unit] ?? '' })
    last = part
  }
  return found.map(piece => ({ ...piece, text: piece.text.trim() })).filter(piece => piece.text !== '')
}

function byUnit(document: Node, partOf: Int32Array): Int32Array {
  const units = unitsOfAtoms(document)
  const found = new Int32Array(units.length).fill(-1)
  let last = -1
  for (const [atom, unit] of units.entries())
    if (unit >= 0) {
      found[unit] = partOf[atom] ?? -1
      last = unit
    }
  return found.subarray(0, last + 1)
}
