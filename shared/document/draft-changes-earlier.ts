import { type AtomId, type AtomRun, unknown } from './draft-changes-atoms.ts'
import type { Hand } from './selecting-parts.ts'

/**
 * What somebody did to some atoms of a draft before its log at hand begins: it was written anew since, and says nothing of
 * that. What was taken away stood before an atom that is there, or at the very end; `came` is of whoever did anything.
 */
export type Earlier = AtomRun &
  Hand &
  (
    | { did: 'write' | 'came' }
    | { did: 'take'; before: NonNullable<AtomId> | null }
    | { did: 'name'; name: string }
    /** They are what others became. */
    | { did: 'copy'; of: NonNullable<AtomId> }
  )

/** Stands for every mark: of one that was taken away only the place is known. */
export const anyName = ''

/** Finds what is known of an atom. */
export function knownEarlier(earlier: readonly Earlier[]) {
  const names = new Map<string, Earlier[]>()
  const taken = earlier.filter(one => one.did === 'take')
  for (const one of earlier) {
    if (one.did !== 'name') continue
    const known = names.get(one.name)
    if (known) known.push(one)
    else names.set(one.name, [one])
  }
  return {
    /** Names of attributes and marks that somebody gave or took. */
    names: [...names.keys()].filter(name => name !== anyName),
    named: (id: AtomId, name: string): Hand | undefined => among(names.get(name) ?? [], id),
    /** Null is the very end. */
    stoodBefore: (id: AtomId) => among(taken, id)?.before,
  }
}

const among = <One extends Earlier>(list: readonly One[], id: AtomId): One | undefined =>
  id && list.find(({ client, clock, size }) => client === id.client && clock <= id.clock && id.clock < clock + size)

/** Collects what is known; neighbours that say the same are told in one. */
export class Told {
  readonly all: Earlier[] = []
  readonly #last = new Map<string, Earlier>()

  wrote(id: AtomId, hand: Hand) {
    if (id) this.#add('write', { did: 'write', ...id, size: 1, ...of(hand) })
  }

  took(id: AtomId, hand: Hand, before: AtomId) {
    const place = before ? `${before.client} ${before.clock}` : 'end'
    if (id) this.#add(`take ${place}`, { did: 'take', before: before ?? null, ...id, size: 1, ...of(hand) })
  }

  copied(id: AtomId, of: AtomId) {
    if (id && of) this.#add(`copy ${of.client} ${of.clock - id.clock}`, { did: 'copy', of, ...id, size: 1, ...nobody })
  }

  named(name: string, id: AtomId, hand: Hand) {
    if (id) this.#add(`name ${name}`, { did: 'name', name, ...id, size: 1, ...of(hand) })
  }

  came(hand: Hand) {
    this.all.push({ did: 'came', client: unknown, clock: 0, size: 0, ...of(hand) })
  }

  #add(key: string, one: Earlier) {
    const last = this.#last.get(key)
    const goesOn = last?.client === one.client && last.clock + last.size === one.clock
    if (last && goesOn && last.person === one.person && last.at === one.at) last.size++
    else {
      this.all.push(one)
      this.#last.set(key, one)
    }
  }
}

const nobody: Hand = { person: null, at: null }

const of = ({ person, at }: Hand): Hand => ({ person, at })
