import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { placeholder } from './inline.ts'
import { membersOf } from './live.ts'
import { isElement } from './live-types.ts'
import type { Known } from './removed.ts'
import { type Run, unitsOfAtoms } from './selecting-atoms.ts'
import { unitText } from './units.ts'

/** What Yjs calls an atom: a client and a clock; nothing where it is not known. */
export type AtomId = { client: number; clock: number } | undefined

/** The identities of the atoms of a document, in runs: letters typed in one go count on. */
export interface AtomRun {
  client: number
  clock: number
  size: number
}

/** The client of atoms that have no identity. */
export const unknown = -1

/** The atoms of a live draft, in the order of `selecting-atoms.ts`. */
export function liveAtoms(fragment: Y.XmlFragment): AtomRun[] {
  const runs: AtomRun[] = []
  eachAtom(fragment, (run, isGone) => {
    if (!isGone) addRun(runs, run)
  })
  return runs
}

/** Walks along a live draft, and past what was taken out of its texts. */
export function eachAtom(fragment: Y.XmlFragment, see: (run: AtomRun, isGone: boolean) => void) {
  for (const member of membersOf(fragment)) {
    if (isElement(member)) {
      const { client, clock } = member._item?.id ?? { client: unknown, clock: 0 }
      see({ client, clock, size: 1 }, false)
      eachAtom(member, see)
    } else if (member instanceof Y.XmlText)
      for (let item = member._start; item; item = item.right)
        if (item.deleted || item.content instanceof Y.ContentString)
          see({ client: item.id.client, clock: item.id.clock, size: item.length }, item.deleted)
  }
}

/** How many atoms runs are. */
export const sizeOf = (runs: readonly AtomRun[]): number => runs.reduce((sum, { size }) => sum + size, 0)

/** Adds atoms to runs, in the last of them where they count on. */
export function addRun(runs: AtomRun[], { client, clock, size }: AtomRun) {
  const last = runs.at(-1)
  if (last?.client === client && (client === unknown || last.clock + last.size === clock)) last.size += size
  else if (size > 0) runs.push({ client, clock, size })
}

/** The identities of a document's atoms that were put together from those of two others. */
export function composedAtoms(runs: readonly Run[], head: readonly AtomRun[], draft: readonly AtomRun[]): AtomRun[] {
  const found: AtomRun[] = []
  const [fromHead, fromDraft] = [cutter(head), cutter(draft)]
  for (const { side, from, size } of runs) {
    const parts = side === undefined ? [] : (side === 'head' ? fromHead : fromDraft)(from, size)
    const missing = size - parts.reduce((sum, part) => sum + part.size, 0)
    for (const part of parts) addRun(found, part)
    addRun(found, { client: unknown, clock: 0, size: missing })
  }
  return found
}

function cutter(runs: readonly AtomRun[]) {
  const starts: number[] = []
  let at = 0
  for (const { size } of runs) {
    starts.push(at)
    at += size
  }
  return (from: number, size: number): AtomRun[] => {
    const found: AtomRun[] = []
    for (let index = lastAtMost(starts, from); index >= 0 && index < runs.length; index++) {
      const [run, start] = [runs[index], starts[index] ?? 0]
      if (!run || start >= from + size) break
      const [first, end] = [Math.max(from, start), Math.min(from + size, start + run.size)]
      if (end > first) found.push({ client: run.client, clock: run.clock + first - start, size: end - first })
    }
    return found
  }
}

/** The identities of the units of a document: its atoms but for the blocks. */
export function lettersOf(document: Node, atoms: readonly AtomRun[]): AtomRun[] {
  const units = unitsOfAtoms(document)
  const found: AtomRun[] = []
  let atom = 0
  for (const { client, clock, size } of atoms)
    for (let next = 0; next < size; next++, atom++)
      if ((units[atom] ?? -1) >= 0) addRun(found, { client, clock: client === unknown ? 0 : clock + next, size: 1 })
  return found
}

/** Tells the identity of an atom. */
export function idsOf(runs: readonly AtomRun[]): (atom: number) => AtomId {
  const cut = cutter(runs)
  return atom => {
    const [run] = cut(atom, 1)
    return run && run.client !== unknown ? { client: run.client, clock: run.clock } : undefined
  }
}

/** Tells what the letters of a document say. */
export function lettersSaid(document: Node, atoms: readonly AtomRun[]): Known {
  let said: { text: string; units: Int32Array; place: ReturnType<typeof placesIn> } | undefined
  return (client, clock) => {
    said ??= { text: unitText(document), units: unitsOfAtoms(document), place: placesIn(atoms) }
    const letter = said.text[said.units[said.place({ client, clock }) ?? -1] ?? -1]
    return letter === placeholder ? undefined : letter
  }
}

/** Finds the atom that has an identity. */
export function placesIn(runs: readonly AtomRun[]): (id: { client: number; clock: number }) => number | undefined {
  const clients = new Map<number, { starts: number[]; spans: { end: number; atom: number }[] }>()
  let atom = 0
  const placed = runs.map(run => ({ ...run, atom: (atom += run.size) - run.size }))
  for (const run of placed.toSorted((a, b) => a.clock - b.clock)) {
    const known = clients.get(run.client) ?? { starts: [], spans: [] }
    clients.set(run.client, known)
    known.starts.push(run.clock)
    known.spans.push({ end: run.clock + run.size, atom: run.atom })
  }
  return ({ client, clock }) => {
    const known = client === unknown ? undefined : clients.get(client)
    if (!known) return undefined
    const index = lastAtMost(known.starts, clock)
    const [start, span] = [known.starts[index] ?? 0, known.spans[index]]
    return span && span.end > clock ? span.atom + clock - start : undefined
  }
}

/** The last place in ordered numbers that is not above a value; -1 where all are. */
export function lastAtMost(ordered: readonly number[], value: number): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

export function encodeAtoms(runs: readonly AtomRun[]): Uint8Array {
  const encoder = encoding.createEncoder()
  const clients = [...new Set(runs.map(({ client }) => client))]
  encoding.writeVarUint(encoder, clients.length)
  for (const client of clients) encoding.writeVarInt(encoder, client)
  encoding.writeVarUint(encoder, runs.length)
  const places = new Map(clients.map((client, index) => [client, index]))
  for (const { client, clock, size } of runs) {
    encoding.writeVarUint(encoder, places.get(client) ?? 0)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarUint(encoder, size)
  }
  return encoding.toUint8Array(encoder)
}

export function decodeAtoms(bytes: Uint8Array): AtomRun[] {
  const decoder = decoding.createDecoder(bytes)
  const clients = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarInt(decoder))
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    client: clients[decoding.readVarUint(decoder)] ?? unknown,
    clock: decoding.readVarUint(decoder),
    size: decoding.readVarUint(decoder),
  }))
}
