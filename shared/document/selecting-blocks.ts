import { type Match, uncrossed } from './align.ts'
import { lastAtMost } from './draft-changes-atoms.ts'
import { same } from './fingerprint.ts'
import { inReadingOrder, type Step } from './pairing.ts'
import { atomsIn, childAtoms } from './selecting-atoms.ts'
import type { Witness } from './selecting-parts.ts'
import type { Place } from './selecting-plan.ts'

/**
 * The same steps, but where the live draft knows better: a block that is there to this day, or whose letters are, is that
 * block, however much of it was rewritten and however short it is.
 */
export function knownSteps(told: readonly Step[], was: Place, is: Place, witness: Witness): Step[] {
  const known = knownPairs(told, was, is, witness)
  const pairs = told.flatMap((step): Match[] => (step.kind !== 'leave' && isPair(step) ? [[step.a, step.b]] : []))
  const isTold = new Set(pairs.map(String))
  if (known.every(pair => isTold.has(String(pair)))) return [...told]
  const [takenA, takenB] = [new Set(known.map(([a]) => a)), new Set(known.map(([, b]) => b))]
  const all = [...pairs.filter(([a, b]) => !takenA.has(a) && !takenB.has(b)), ...known]
  const staying = uncrossed(all, a => atomsIn(was.node.child(a)))
  const stays = new Set(staying.map(([a]) => a))
  return inReadingOrder(
    staying,
    new Map(all.filter(([a]) => !stays.has(a))),
    [was.node.childCount, is.node.childCount],
    (a, b) => same(was.node.child(a), is.node.child(b)),
  )
}

const isPair = (step: Step) => step.kind !== 'remove' && step.kind !== 'insert'

/** What of a block of the head is in one of the draft. */
interface Shared {
  a: number
  b: number
  letters: number
  /** Whether it is the same element. */
  isItself: boolean
  isMost: boolean
}

/** Of the blocks that differ those which are the same. */
function knownPairs(told: readonly Step[], was: Place, is: Place, witness: Witness): Match[] {
  const shared = sharedIn(told, was, is, witness)
  const origins = new Map<number, Shared>()
  for (const one of shared) {
    const known = origins.get(one.b)
    if (!known || isRather(one, known, ({ isItself, isMost }) => isItself && isMost)) origins.set(one.b, one)
  }
  const homes = new Map<number, Shared>()
  for (const one of origins.values()) {
    const known = homes.get(one.a)
    if (!known || isRather(one, known, ({ isItself }) => isItself)) homes.set(one.a, one)
  }
  return [...homes.values()].map(({ a, b }) => [a, b])
}

function isRather(one: Shared, other: Shared, isSure: (shared: Shared) => boolean): boolean {
  return isSure(one) === isSure(other) ? one.letters > other.letters : isSure(one)
}

function sharedIn(told: readonly Step[], was: Place, is: Place, witness: Witness): Shared[] {
  const open = new Set(told.flatMap(step => (step.kind === 'keep' || step.kind === 'remove' ? [] : [step.b])))
  const [inHead, inDraft] = [childAtoms(was.node, was.at), childAtoms(is.node, is.at)]
  const end = is.at + atomsIn(is.node)
  const placeOf = (atom: number | undefined) => {
    const b = atom === undefined || atom >= end ? -1 : lastAtMost(inDraft, atom)
    return open.has(b) ? b : undefined
  }
  return told.flatMap((step): Shared[] => {
    if (step.kind === 'keep' || step.kind === 'insert' || step.kind === 'arrive') return []
    const { a } = step
    const [start, node] = [inHead[a] ?? 0, was.node.child(a)]
    const [itself, size] = [witness.atomNow(start), atomsIn(node)]
    const letters = new Map<number, number>()
    for (let atom = start; atom < start + size; atom++) {
      const b = placeOf(atom === start ? itself : witness.copyNow(atom))
      if (b !== undefined) letters.set(b, (letters.get(b) ?? 0) + (atom === start ? 0 : 1))
    }
    return [...letters].flatMap(([b, count]): Shared[] => {
      const other = is.node.child(b)
      const isItself = itself !== undefined && inDraft[b] === itself
      const isMost = 2 * count >= Math.min(size, isItself ? size : atomsIn(other)) - 1
      return node.type === other.type && (isItself || isMost) ? [{ a, b, letters: count, isItself, isMost }] : []
    })
  })
}
