import * as encoding from 'lib0/encoding'
import { initProseMirrorDoc } from 'y-prosemirror'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { faultsOf } from '../../shared/document/faults.ts'
import { fragmentOf } from '../../shared/document/live.ts'
import { schema } from '../../shared/document/schema.ts'
import { kinds } from '../../shared/realtime/messages.ts'
import { copyOf, textsIn } from '../support/drafts.ts'
import { as, type Member } from '../support/people.ts'
import { dials, headersOf, type LiveWiki, liveWiki, opens, until } from './support.ts'

export type Line = Awaited<ReturnType<typeof dials>>

/** A page on which two honest people write while somebody else does what they can to harm them. */
export interface Siege {
  wiki: LiveWiki
  page: string
  mallory: Member
  /** A bare line of the attacker's, greeted; everything may be sent on it. */
  storms(parameters?: string): Promise<Line>
  /** What the attacker's copy of the draft is: the true one, when it was asked for. */
  copy(): Promise<Y.Doc>
  /**
   * Lets the attack happen while the honest write, and looks whether any of it was felt: what they see, what is kept, how
   * long it took, whether anybody was thrown out, and what an editor would make of it.
   */
  withstands(attack: () => Promise<unknown>): Promise<void>
}

/** Milliseconds. One stall of the machine that tests run on is nobody's attack, so it is the middle one of many that counts. */
const patience = 1000

export async function siege(settings: Record<string, string> = {}, ...more: string[]): Promise<Siege> {
  const wiki = await liveWiki(settings)
  const [ada, bo, mallory] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page('An oak.', 'A birch.', ...more)
  const honest = { 'An oak': await opens(wiki, ada, page), 'A birch': await opens(wiki, bo, page) }
  const editors = Object.values(honest)
  let closings = 0
  for (const { provider } of editors) provider.on('connection-close', () => closings++)
  const waits: number[] = []
  let written = { 'An oak': '', 'A birch': '' }

  /** Each types one word, and waits until it is kept. */
  async function round(word: string) {
    for (const [behind, editor] of Object.entries(honest)) {
      const own = behind === 'An oak' ? 'An oak' : 'A birch'
      editor.types(behind + written[own], word)
      written = { ...written, [own]: written[own] + word }
      const start = performance.now()
      await editor.saved()
      waits.push(performance.now() - start)
    }
  }

  return {
    wiki,
    page,
    mallory,
    async storms(parameters = '') {
      const line = await dials(wiki, page + parameters, headersOf(wiki, mallory))
      await line.hears(frame => frame[0] === kinds.hello)
      return line
    },
    copy: async () => copyOf((await wiki.drafts.load(wiki.db.read, page)).ydoc),
    async withstands(attack) {
      await round(' before')
      const goOn = async () => {
        for (let n = 0; n < 5; n++) await round(` ${n}`)
      }
      await Promise.all([attack(), goOn()])
      await round(' after')
      const whole = [`An oak${written['An oak']}.`, `A birch${written['A birch']}.`, ...more].join('\n')
      await Promise.all(editors.map(({ ydoc, shows }) => until(ydoc, () => shows() === whole)))
      expect(await wiki.logged(page)).toBe(whole)
      expect(closings).toBe(0)
      expect(waits.toSorted((a, b) => a - b)[waits.length >> 1]).toBeLessThan(patience)
      for (const { ydoc } of [...editors, await opens(wiki, bo, page)]) expectUntouched(ydoc)
    },
  }
}

/** What y-prosemirror makes of a copy: all of it, without "cleaning up" anything. */
function expectUntouched(ydoc: Y.Doc) {
  expect(ydoc.store.pendingStructs).toBeNull()
  expect(ydoc.store.pendingDs).toBeNull()
  expect(faultsOf(fragmentOf(ydoc))).toEqual([])
  const copy = copyOf(ydoc)
  let edits = 0
  copy.on('update', () => edits++)
  const { doc } = initProseMirrorDoc(fragmentOf(copy), schema)
  doc.check()
  expect(edits).toBe(0)
}

/** What an edit of a copy of the draft sends. */
export function updateOf(ydoc: Y.Doc, edit: (ydoc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(ydoc)
  edit(ydoc)
  return Y.encodeStateAsUpdate(ydoc, before)
}

export const lineOf = (ydoc: Y.Doc): Y.XmlElement => {
  const line: unknown = fragmentOf(ydoc).get(0)
  if (line instanceof Y.XmlElement) return line
  throw new Error('there is no line')
}
export const textOf = (ydoc: Y.Doc): Y.XmlText => {
  const text = textsIn(fragmentOf(ydoc))[0]
  if (text) return text
  throw new Error('there is no text')
}

/** Presence as nobody's code would write it. */
export function presence(entries: readonly { clientId: number; clock: number; json: string }[]): Uint8Array {
  const [inner, outer] = [encoding.createEncoder(), encoding.createEncoder()]
  encoding.writeVarUint(inner, entries.length)
  for (const { clientId, clock, json } of entries) {
    encoding.writeVarUint(inner, clientId)
    encoding.writeVarUint(inner, clock)
    encoding.writeVarString(inner, json)
  }
  encoding.writeVarUint(outer, kinds.awareness)
  encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner))
  return encoding.toUint8Array(outer)
}
