import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { faultsIn, faultsInUpdate, faultsOf } from '../../../shared/document/faults.ts'
import { documentOf, fragmentOf, InvalidDraft, seed } from '../../../shared/document/live.ts'
import { setAttribute } from '../../../shared/document/live-types.ts'
import { mend } from '../../../shared/document/mend.ts'
import { patch } from '../../../shared/document/patch.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyDocument, anyEdit, paragraph, paragraphs } from '../../support/documents.ts'
import { browserOf, copyOf, draftFrom, textsIn } from '../../support/drafts.ts'

/** What the server finds in an edit, judged by what it changed alone. */
function found(ydoc: Y.Doc, edit: (page: Y.XmlFragment) => void): string[] {
  return ydoc.transact(transaction => {
    edit(fragmentOf(ydoc))
    return faultsIn(fragmentOf(ydoc), transaction).map(fault => fault.kind)
  })
}

const names = [
  'doc',
  'text',
  'line',
  'code_block',
  'table',
  'row',
  'cell',
  'callout',
  'details',
  'footnote',
  'image',
  'script',
  'rule',
]

describe('the check of an update', () => {
  test('finds nothing in what an editor or the wiki itself writes', () => {
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => {
        const ydoc = draftFrom(seed(a))
        expect(found(ydoc, page => patch(page, b))).toEqual([])
        expect(faultsOf(fragmentOf(ydoc))).toEqual([])
        for (const document of [a, b]) expect(faultsInUpdate(seed(document))).toEqual([])
      }),
    )
  })

  test('of what changed finds a fault exactly where the whole draft has one', () => {
    const hostile = fc.record({
      name: fc.constantFrom(...names),
      at: fc.nat(40),
      attr: fc.constantFrom('level', 'kind', 'x', ''),
      value: fc.constantFrom(1, 'tip', true, 9),
    })
    fc.assert(
      fc.property(anyDocument(4), hostile, (document, { name, at, attr, value }) => {
        const ydoc = draftFrom(seed(document))
        const faults = found(ydoc, page => {
          const elements = elementsIn(page)
          const target = elements[at % elements.length]
          if (attr !== '' && target instanceof Y.XmlElement) setAttribute(target, attr, value)
          else target?.insert(0, [new Y.XmlElement(name)])
        })
        let readable = true
        try {
          documentOf(fragmentOf(ydoc))
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidDraft)
          readable = false
        }
        expect(faults.length === 0).toBe(readable)
        expect(faultsOf(fragmentOf(ydoc)).length === 0).toBe(readable)
      }),
      { numRuns: 500 },
    )
  })

  test('finds every fault that an update brings, and nothing in one that brings none', () => {
    const step = fc.record({
      what: fc.constantFrom(
        'element',
        'nested',
        'text',
        'type',
        'bold',
        'code',
        'delete',
        'attribute',
        'embed',
        'empty',
      ),
      name: fc.constantFrom(...names),
      at: fc.nat(40),
      index: fc.nat(5),
    })
    fc.assert(
      fc.property(anyDocument(4), fc.array(step, { minLength: 1, maxLength: 4 }), (document, steps) => {
        const server = draftFrom(seed(document))
        const client = browserOf(server, 7)
        const known = Y.encodeStateVector(client)
        client.transact(() => {
          for (const one of steps) write(fragmentOf(client), one)
        })
        const update = Y.encodeStateAsUpdate(client, known)
        const page = fragmentOf(server)
        let within: string[] = []
        const transaction = server.transact(under => {
          Y.applyUpdate(server, update)
          within = faultsIn(page, under).map(({ message }) => message)
          return under
        })
        const after = faultsIn(page, transaction).map(({ message }) => message)
        const all = faultsOf(page).map(({ message }) => message)
        expect([within.length > 0, after.length > 0]).toEqual([all.length > 0, all.length > 0])
      }),
      { numRuns: 1_000 },
    )
  })

  test('refuses addresses that run, and lets odd ones pass', () => {
    const linking = (href: string) => {
      const ydoc = draftFrom(seed(paragraphs('An oak')))
      return found(ydoc, page => {
        const line = page.get(0)
        const text = line instanceof Y.XmlElement ? line.get(0) : undefined
        if (text instanceof Y.XmlText) text.format(0, 2, { link: { href, title: '' } })
      })
    }
    for (const href of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'JAVASCRIPT:x',
      'data:text/html,x',
      'vbscript:x',
    ])
      expect(linking(href)).toEqual(['address'])
    for (const href of ['https://example.org/', '/p/1', '#part', 'mailto:a@b.c', 'oak.html', 'irc://x', ''])
      expect(linking(href)).toEqual([])
    const picture = schema.node('doc', null, [schema.node('figure', { src: 'javascript:x' })])
    expect(faultsOf(fragmentOf(draftFrom(seed(picture)))).map(fault => fault.kind)).toEqual(['address'])
  })

  test('refuses other roots and other kinds of content before they are applied', () => {
    const updates = [
      (ydoc: Y.Doc) => ydoc.getMap('secret').set('a', 1),
      (ydoc: Y.Doc) => ydoc.getText('page').insertEmbed(0, { a: 1 }),
      (ydoc: Y.Doc) => ydoc.getArray('page').insert(0, [new Y.Map()]),
      (ydoc: Y.Doc) => ydoc.getArray('page').insert(0, [new Y.Doc()]),
    ]
    for (const write of updates) {
      const ydoc = new Y.Doc()
      write(ydoc)
      expect(faultsInUpdate(Y.encodeStateAsUpdate(ydoc))).not.toEqual([])
    }
    expect(() => faultsInUpdate(new Uint8Array([1, 2, 3, 255]))).toThrow()
  })

  test('sees a second root in a draft', () => {
    const ydoc = draftFrom(seed(paragraphs('An oak')))
    ydoc.getMap('secret').set('a', 1)
    expect(faultsOf(fragmentOf(ydoc)).map(fault => fault.kind)).toEqual(['root'])
  })
})

test('a callout that two people emptied together, and a table without rows, are mended', () => {
  const cell = (text: string) => schema.node('row', null, [schema.node('cell', null, [paragraph(text)])])
  const server = draftFrom(
    seed(
      schema.node('doc', null, [
        schema.node('callout', null, [paragraph('One'), paragraph('Two')]),
        schema.node('table', null, [cell('a'), cell('b')]),
      ]),
    ),
  )
  const [ada, bo] = [browserOf(server, 1), browserOf(server, 2)]
  for (const [ydoc, index] of [
    [ada, 0],
    [bo, 1],
  ] as const) {
    for (const member of fragmentOf(ydoc).toArray()) if (member instanceof Y.XmlElement) member.delete(index, 1)
  }
  server.transact(transaction => {
    for (const ydoc of [ada, bo]) Y.applyUpdate(server, Y.encodeStateAsUpdate(ydoc))
    expect(faultsIn(fragmentOf(server), transaction)).not.toEqual([])
    expect(mend(transaction)).toBe(true)
    expect(faultsIn(fragmentOf(server), transaction)).toEqual([])
    expect(mend(transaction)).toBe(false)
  })
  expect(documentOf(fragmentOf(copyOf(server))).toString()).toBe('doc(callout(line))')
})

/** Does something to a page that an editor may or may not do. */
function write(
  page: Y.XmlFragment,
  { what, name, at, index }: { what: string; name: string; at: number; index: number },
) {
  const elements = elementsIn(page)
  const texts = textsIn(page)
  const [element, text] = [elements[at % elements.length], texts[at % Math.max(1, texts.length)]]
  const place = Math.min(index, element?.length ?? 0)
  const letters = Math.min(index, text?.length ?? 0)
  const words = new Y.XmlText()
  if (what === 'text') words.insert(0, 'words')
  const around = new Y.XmlElement(name)
  if (what === 'nested') around.insert(0, [new Y.XmlElement('line')])
  if (what === 'element' || what === 'nested') element?.insert(place, [around])
  else if (what === 'text' || what === 'empty') element?.insert(place, [words])
  else if (what === 'delete') element?.delete(0, place)
  else if (what === 'type') text?.insert(letters, 'typed', { [name === 'cell' ? 'nothing' : 'strong']: {} })
  else if (what === 'bold') text?.format(0, letters, { strong: {} })
  else if (what === 'code') text?.format(0, letters, { code: name === 'cell' ? null : {} })
  else if (what === 'attribute') text?.setAttribute('colour', 'red')
  else text?.insertEmbed(letters, { name })
}

function elementsIn(parent: Y.XmlFragment): Y.XmlFragment[] {
  return [parent, ...parent.toArray().flatMap(child => (child instanceof Y.XmlElement ? elementsIn(child) : []))]
}
