/**
 * Whose the words of one revision are, told by what became of those of the text before: so many units stay, so many go,
 * so many are new or came back. Numbers of any size whose two lowest bits say which; units left at the end all stay.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { uncrossed } from '../../../shared/document/align.ts'
import type { Credit } from '../../../shared/document/authorship.ts'
import type { Roll } from './bytes.ts'

const [stays, goes, isNew, cameBack] = [0, 1, 2, 3]

/** Where a unit of the text before would be skipped, but none is: the words are those of an earlier revision. */
const sameAs = goes

export interface Attributed {
  revision: number
  /** For every unit the unit of the text before that it was, or -1. */
  kept: Int32Array
  credits: readonly Credit[]
  /** Units of the text before. */
  before: number
}

export function entryOf({ revision, kept, credits, before }: Attributed, roll: Roll): Uint8Array {
  const encoder = encoding.createEncoder()
  const write = (kind: number, size: number) => size > 0 && encoding.writeVarUint(encoder, size * 4 + kind)
  const staying = stayingIn(kept, before)
  let [unit, cursor, run, left] = [0, 0, 0, credits[0]?.size ?? 0]
  const pass = (size: number, tell: boolean) => {
    for (let rest = size; rest > 0;) {
      const credit = credits[run]
      if (!credit) throw new Error('credits end before the text does')
      const part = Math.min(left, rest)
      if (tell) {
        const isOwn = credit.revision === revision
        write(isOwn ? isNew : cameBack, part)
        if (!isOwn) encoding.writeVarUint(encoder, revision - credit.revision)
        encoding.writeVarUint(encoder, roll.placeOf(credit.person))
      }
      rest -= part
      left -= part
      if (left === 0) left = credits[++run]?.size ?? 0
    }
  }
  for (const { at, from, size } of staying) {
    pass(at - unit, true)
    write(goes, from - cursor)
    if (at + size < kept.length || from + size < before) write(stays, size)
    pass(size, false)
    unit = at + size
    cursor = from + size
  }
  pass(kept.length - unit, true)
  write(goes, before - cursor)
  return encoding.toUint8Array(encoder)
}

/** The entry of a revision that says exactly what an earlier one said: its words are whosever they were then. */
export function repeating(revision: number, earlier: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, sameAs)
  encoding.writeVarUint(encoder, revision - earlier)
  return encoding.toUint8Array(encoder)
}

/** Which earlier revision an entry repeats, if it does. */
export function repeatedBy(entry: Uint8Array, revision: number): number | undefined {
  if (entry[0] !== sameAs) return undefined
  const decoder = decoding.createDecoder(entry)
  decoding.readVarUint(decoder)
  return revision - decoding.readVarUint(decoder)
}

/** Whose the words are, read from an entry and those of the text before. */
export function creditsIn(entry: Uint8Array, revision: number, before: readonly Credit[], roll: Roll): Credit[] {
  const credits: Credit[] = []
  const add = (size: number, from: number, person: string | null) => {
    const last = credits.at(-1)
    if (last?.revision === from && last.person === person) last.size += size
    else if (size > 0) credits.push({ size, revision: from, person })
  }
  let [run, left] = [0, before[0]?.size ?? 0]
  const pass = (size: number, stay: boolean) => {
    for (let rest = size; rest > 0;) {
      const credit = before[run]
      if (!credit) throw new Error(`authorship of revision ${revision} tells of more units than there are`)
      const part = Math.min(left, rest)
      if (stay) add(part, credit.revision, credit.person)
      rest -= part
      left -= part
      if (left === 0) left = before[++run]?.size ?? 0
    }
  }
  const decoder = decoding.createDecoder(entry)
  while (decoding.hasContent(decoder)) {
    const number = decoding.readVarUint(decoder)
    const [size, kind] = [Math.floor(number / 4), number % 4]
    if (kind === stays || kind === goes) pass(size, kind === stays)
    else {
      const from = kind === isNew ? revision : revision - decoding.readVarUint(decoder)
      add(size, from, roll.at(decoding.readVarUint(decoder)))
    }
  }
  for (const [at, credit] of before.entries())
    if (at >= run) add(at === run ? left : credit.size, credit.revision, credit.person)
  return credits
}

/** The stretches of the text before that an entry leaves out. */
export function goneIn(entry: Uint8Array, before: number): { from: number; to: number }[] {
  const gone: { from: number; to: number }[] = []
  const decoder = decoding.createDecoder(entry)
  if (entry[0] === sameAs) return [{ from: 0, to: before }]
  for (let cursor = 0; decoding.hasContent(decoder);) {
    const number = decoding.readVarUint(decoder)
    const [size, kind] = [Math.floor(number / 4), number % 4]
    if (kind === goes) gone.push({ from: cursor, to: cursor + size })
    if (kind === stays || kind === goes) cursor += size
    if (kind === cameBack) decoding.readVarUint(decoder)
    if (kind === isNew || kind === cameBack) decoding.readVarUint(decoder)
  }
  return gone
}

/** The runs of units that stayed in order; what moved past them, or stands there twice, is told as having come back. */
function stayingIn(kept: Int32Array, before: number): { at: number; from: number; size: number }[] {
  const runs: { at: number; from: number; size: number }[] = []
  const taken = new Uint8Array(before)
  for (let at = 0, size = 1; at < kept.length; at += size, size = 1) {
    const from = kept[at] ?? -1
    if (from < 0 || taken[from]) continue
    while (kept[at + size] === from + size && !taken[from + size]) size++
    taken.fill(1, from, from + size)
    runs.push({ at, from, size })
  }
  const byStart = new Map(runs.map(run => [run.at, run]))
  return uncrossed(
    runs.map(({ at, from }) => [at, from] as const),
    at => byStart.get(at)?.size ?? 0,
  ).flatMap(([at]) => byStart.get(at) ?? [])
}
