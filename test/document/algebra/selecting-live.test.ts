import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { normalise } from '../../../shared/document/canonical.ts'
import { draftChanges, isOnlyOf, publishableBy, select } from '../../../shared/document/draft-changes.ts'
import { decodeAtoms, encodeAtoms, lettersSaid, liveAtoms } from '../../../shared/document/draft-changes-atoms.ts'
import { witnessOf } from '../../../shared/document/draft-changes-live.ts'
import { deedsIn, type LogRow } from '../../../shared/document/draft-changes-rows.ts'
import { isSecondHalf } from '../../../shared/document/inline.ts'
import { documentOf, fill, fragmentOf } from '../../../shared/document/live.ts'
import { moveBlock } from '../../../shared/document/moving.ts'
import { schema } from '../../../shared/document/schema.ts'
import { atomsIn } from '../../../shared/document/selecting-atoms.ts'
import { unitText } from '../../../shared/document/units.ts'
import { anyDocument } from '../../support/documents.ts'
import { textsIn } from '../../support/drafts.ts'

interface Deed {
  by: 'ada' | 'bo'
  kind: 'type' | 'take' | 'line' | 'away' | 'strong' | 'heading' | 'move' | 'split'
  at: number
  to: number
}

const anyDeed: fc.Arbitrary<Deed> = fc.record({
  by: fc.constantFrom('ada' as const, 'bo' as const),
  kind: fc.constantFrom<Deed['kind']>(
    'type',
    'type',
    'type',
    'take',
    'take',
    'line',
    'away',
    'strong',
    'heading',
    'move',
    'split',
  ),
  at: fc.nat(1000),
  to: fc.nat(1000),
})

const clients = { ada: 1, bo: 2 }
/** Letters that no document has, and which say whose they are. */
const letters = { ada: 'ⒶⒶ', bo: 'ⒷⒷ' }

/** Nobody types or deletes inside a character. */
function placeIn(text: Y.XmlText, to: number): number {
  const place = to % (text.length + 1)
  return isSecondHalf(
    text
      .toString()
      .replaceAll(/<[^>]*>/g, '')
      .charCodeAt(place),
  )
    ? place + 1
    : place
}

function performs(ydoc: Y.Doc, { by, kind, at, to }: Deed) {
  const fragment = fragmentOf(ydoc)
  const texts = textsIn(fragment)
  const text = texts[at % Math.max(1, texts.length)]
  const place = text ? placeIn(text, to) : 0
  const index = at % Math.max(1, fragment.length)
  if (kind === 'type') text?.insert(place, letters[by])
  else if (kind === 'take' && text) {
    const from = placeIn(text, Math.min(place, Math.max(0, text.length - 3)))
    text.delete(from, placeIn(text, Math.min(from + 3, text.length)) - from)
  } else if (kind === 'strong') {
    if (text && text.parent instanceof Y.XmlElement && !['code_block', 'math'].includes(text.parent.nodeName))
      text.format(0, Math.min(3, text.length), { strong: to % 2 === 0 ? {} : null })
  } else if (kind === 'line') {
    const line = new Y.XmlElement('line')
    line.insert(0, [new Y.XmlText(letters[by])])
    fragment.insert(index, [line])
  } else if (kind === 'away') {
    if (fragment.length > 1) fragment.delete(index, 1)
  } else if (kind === 'move') moveBlock(fragment, index, to % 2 === 0 ? 1 : -1)
  else {
    const line = fragment.get(index)
    if (!(line instanceof Y.XmlElement) || line.nodeName !== 'line') return
    if (kind === 'heading') line.setAttribute('kind', 'heading')
    else if (text && text.parent === line && line.length === 1 && place < text.length) {
      const [rest, next] = [new Y.XmlText(), new Y.XmlElement('line')]
      rest.insert(
        0,
        text
          .toString()
          .replaceAll(/<[^>]*>/g, '')
          .slice(place),
      )
      next.insert(0, [rest])
      text.delete(place, text.length - place)
      fragment.insert(index + 1, [next])
    }
  }
}

test('what one person publishes or discards has none of another’s words, and takes none', () => {
  fc.assert(
    fc.property(anyDocument(6), fc.array(anyDeed, { minLength: 1, maxLength: 12 }), (given, deeds) => {
      const ydoc = new Y.Doc()
      fill(fragmentOf(ydoc), given)
      const fragment = fragmentOf(ydoc)
      const head = normalise(documentOf(fragment))
      const base = decodeAtoms(encodeAtoms(liveAtoms(fragment)))
      expect(base.reduce((sum, { size }) => sum + size, 0)).toBe(atomsIn(head))
      const rows: LogRow[] = []
      let by: Deed['by'] = 'ada'
      ydoc.on('update', (payload: Uint8Array) => rows.push({ person: by, at: rows.length, payload, isAnew: false }))
      for (const deed of deeds) {
        by = deed.by
        ydoc.clientID = clients[by]
        ydoc.transact(() => performs(ydoc, deed))
      }
      const draft = normalise(documentOf(fragment))
      const ownerOf = (client: number) => (client === 1 ? 'ada' : client === 2 ? 'bo' : null)
      const witness = witnessOf({ fragment, ownerOf, base, deeds: deedsIn(rows, lettersSaid(head, base)) })
      const changes = draftChanges(head, draft, witness)
      for (const { people } of changes.list) expect(people.every(person => person !== 'cy')).toBe(true)
      expect(select(changes, () => true).document.eq(draft)).toBe(true)
      expect(select(changes, () => false).document.eq(head)).toBe(true)

      const count = (document: typeof draft, letter: string) => unitText(document).split(letter).length - 1
      for (const [me, other] of [
        ['ada', 'bo'],
        ['bo', 'ada'],
      ] as const) {
        const mine = new Set(publishableBy(changes, me))
        const published = select(changes, change => mine.has(change)).document
        published.check()
        expect(count(published, letters[other].slice(0, 1))).toBe(0)
        const left = select(changes, change => !isOnlyOf(change, me)).document
        left.check()
        expect(count(left, letters[other].slice(0, 1))).toBe(count(draft, letters[other].slice(0, 1)))
      }
    }),
    { numRuns: 150 },
  )
})

test('letters that are alike are told apart by whose keyboard they came from', () => {
  const anyStroke = fc.record({
    by: fc.constantFrom('ada' as const, 'bo' as const),
    letter: fc.constantFrom('a', 'b', ' ', undefined),
    at: fc.nat(100),
  })
  fc.assert(
    fc.property(
      fc.stringMatching(/^[ab]+( [ab]+){0,6}$/),
      fc.array(anyStroke, { minLength: 1, maxLength: 25 }),
      (given, strokes) => {
        const ydoc = new Y.Doc({ gc: false })
        const fragment = fragmentOf(ydoc)
        fill(fragment, schema.node('doc', null, schema.node('line', null, schema.text(given))))
        const head = normalise(documentOf(fragment))
        const base = liveAtoms(fragment)
        const [text] = textsIn(fragment)
        const rows: LogRow[] = []
        let by: Deed['by'] = 'ada'
        ydoc.on('update', (payload: Uint8Array) => rows.push({ person: by, at: rows.length, payload, isAnew: false }))
        const takesAway = strokes.some(({ letter }) => letter === undefined)
        for (const stroke of strokes) {
          by = stroke.by
          ydoc.clientID = clients[by]
          if (!text) throw new Error('a line has a text')
          const place = stroke.at % (text.length + 1)
          // Whoever types again what another has taken away changes nothing; that is not what is tried here.
          if (stroke.letter)
            text.insert(place, takesAway ? stroke.letter.toUpperCase().replace(' ', '-') : stroke.letter)
          else if (text.length > 1) text.delete(Math.min(place, text.length - 1), 1)
        }
        const deeds = deedsIn(rows, lettersSaid(head, base))
        const ownerOf = (client: number) => (client === 1 ? 'ada' : client === 2 ? 'bo' : null)
        const draft = normalise(documentOf(fragment))
        const changes = draftChanges(head, draft, witnessOf({ fragment, ownerOf, base, deeds }))
        for (const me of ['ada', 'bo'] as const) {
          let wanted = ''
          for (let item = text?._start ?? null; item; item = item.right) {
            if (!(item.content instanceof Y.ContentString)) continue
            const { client, clock } = item.id
            const isTheirs = (next: number) =>
              [1, 2].includes(client)
                ? ownerOf(client) === me && !item.deleted
                : deeds.took({ client, clock: clock + next })?.person !== me
            wanted += [...item.content.str].filter((_, next) => isTheirs(next)).join('')
          }
          expect(unitText(select(changes, change => isOnlyOf(change, me)).document)).toBe(wanted)
        }
      },
    ),
    { numRuns: 300 },
  )
})
