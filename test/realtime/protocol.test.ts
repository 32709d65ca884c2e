import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from 'typebox'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readFrame } from '../../server/realtime/inbound.ts'
import { root } from '../../server/root.ts'
import { fragmentOf } from '../../shared/document/live.ts'
import { closing } from '../../shared/realtime/closing.ts'
import { Hello, Rejected } from '../../shared/realtime/contract.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { write } from '../support/live-frames.ts'

const text = readFileSync(join(root, 'shared/realtime/PROTOCOL.md'), 'utf8')

/** The rows of the table whose first column has this heading, after some words. */
function table(heading: string, behind: string): string[][] {
  const rows = text.slice(text.indexOf(behind)).split('\n')
  const start = rows.findIndex((row, at) => cells(row)[0] === heading && rows[at + 1]?.startsWith('| -'))
  const end = rows.findIndex((row, at) => at > start && !row.startsWith('|'))
  return rows.slice(start + 2, end).map(cells)
}

const cells = (row: string) =>
  row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim().replaceAll('`', ''))

const firsts = (rows: string[][]) => rows.map(([first = '']) => first)

/** What the page shows in hex, by the words in front of it. */
const shown = new Map(
  [...text.matchAll(/^(\S.*?) {2,}((?:[0-9a-f]{2} ?)+) *(?:#.*)?$/gm)].map(([, name = '', hex = '']) => [
    name,
    hex.trim(),
  ]),
)

const hex = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/..(?=.)/g, '$& ')

/** Somebody's first letters, step by step, as the page shows them. */
function letters() {
  const first = new Y.Doc()
  first.clientID = 1
  fragmentOf(first).insert(0, [new Y.XmlElement('line')])
  const seed = Y.encodeStateAsUpdate(first)
  const ydoc = new Y.Doc()
  ydoc.clientID = 300
  Y.applyUpdate(ydoc, seed)
  const line: unknown = fragmentOf(ydoc).get(0)
  if (!(line instanceof Y.XmlElement)) throw new Error('there is no line')
  const words = new Y.XmlText()
  const said = (act: () => void) => {
    const updates: Uint8Array[] = []
    ydoc.once('update', (made: Uint8Array) => updates.push(made))
    ydoc.transact(act)
    return updates[0] ?? new Uint8Array()
  }
  const text = said(() => {
    words.insert(0, 'Hé')
    line.insert(0, [words])
  })
  const letter = said(() => words.insert(2, '!'))
  return {
    letter,
    updates: {
      'an empty line, by client 1': seed,
      'the text "Hé" in it, by client 300': text,
      '"!" behind it': letter,
      '"é" deleted': said(() => words.delete(1, 1)),
      '"H" in strong type': said(() => words.format(0, 1, { strong: {} })),
      'the line made a heading': said(() => line.setAttribute('kind', 'heading')),
      'the state vector then': Y.encodeStateVector(ydoc),
    },
    knowsPage: Y.encodeStateVector(first),
  }
}

test('the bytes that the protocol shows are those that are sent', () => {
  const { letter, updates, knowsPage } = letters()
  const nothing = new Y.Doc()
  const made = (by: typeof frames | typeof write) => ({
    'step1, of one who has nothing': by.step1(Y.encodeStateVector(nothing)),
    'step1, of one who has a page': by.step1(knowsPage),
    'step2, with nothing new': by.step2(Y.encodeStateAsUpdate(nothing)),
    'update, a letter': by.update(letter),
    'awareness, somebody without a cursor': by.awareness([{ clientId: 300, clock: 1, state: {} }]),
    'awareness, somebody who leaves': by.awareness([{ clientId: 300, clock: 2, state: null }]),
    queryAwareness: by.queryAwareness(),
    'barrier, the keep-alive': by.barrier(0),
    'barrier, the seventh': by.barrier(7),
    'barrier, the three hundredth': by.barrier(300),
  })
  const rejected = { 'rejected, for want of rights': frames.rejected({ reason: 'readonly' }) }
  for (const by of [frames, write]) {
    const all = Object.entries({ ...made(by), ...rejected, ...updates }).map(([name, bytes]) => [name, hex(bytes)])
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(all))
  }
})

test('the server reads the bytes that the protocol shows', () => {
  const read = (name: string) => readFrame(Buffer.from((shown.get(name) ?? '').replaceAll(' ', ''), 'hex'))
  expect(read('barrier, the three hundredth')).toEqual({ kind: 'barrier', token: 300 })
  expect(read('queryAwareness')).toEqual({ kind: 'who is here' })
  expect(read('update, a letter')).toMatchObject({ kind: 'edit', isAnswer: false })
  expect(read('step2, with nothing new')).toMatchObject({ kind: 'edit', isAnswer: true })
  const leaves = { clientId: 300, clock: 2, state: null }
  expect(read('awareness, somebody who leaves')).toEqual({ kind: 'presence', entries: [leaves] })
})

test('the protocol lists the kinds of message that there are', () => {
  const listed = table('kind', '## Frames').map(([kind, name]) => [name, Number(kind)])
  expect(Object.fromEntries(listed)).toEqual(kinds)
})

test('the protocol lists the codes with which a line is closed', () => {
  expect(firsts(table('code', '## Closing')).map(Number).toSorted()).toEqual(Object.values(closing).toSorted())
})

test('the protocol lists the reasons for which an edit is rejected', () => {
  expect(firsts(table('reason', '## What is accepted')).toSorted()).toEqual(wordsOf(Rejected.properties.reason))
})

test('the protocol lists what the greeting says, and why somebody may only read', () => {
  expect(firsts(table('field', '## Hello'))).toEqual(Object.keys(Hello.properties))
  expect(firsts(table('reason', '## Hello')).toSorted()).toEqual(wordsOf(Hello.properties.reason))
})

/** The words among the choices of a shape. */
const wordsOf = ({ anyOf }: { anyOf: TSchema[] }) =>
  anyOf.flatMap(choice => ('const' in choice && typeof choice.const === 'string' ? [choice.const] : [])).toSorted()
