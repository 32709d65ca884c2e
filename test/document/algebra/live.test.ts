import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { initProseMirrorDoc, prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror'
import * as Y from 'yjs'
import { documentOf, draftable, fill, fragmentOf, InvalidDraft, seed } from '../../../shared/document/live.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyDocument, paragraphs } from '../../support/documents.ts'
import { browserOf, copyOf, draftFrom, meet, textsIn } from '../../support/drafts.ts'
import { patch } from '../../../shared/document/patch.ts'

describe('the bridge between a draft and a document', () => {
  test('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyDocument(), document => {
        const read = documentOf(fragmentOf(draftFrom(seed(document))))
        read.check()
        expect(read.eq(document)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('reads what y-prosemirror wrote as y-prosemirror reads it', () => {
    fc.assert(
      fc.property(anyDocument(), document => {
        const ydoc = new Y.Doc()
        prosemirrorToYXmlFragment(document, fragmentOf(ydoc))
        const theirs = yXmlFragmentToProseMirrorRootNode(fragmentOf(copyOf(ydoc)), schema)
        expect(documentOf(fragmentOf(ydoc)).eq(theirs)).toBe(true)
      }),
    )
  })

  test('writes what y-prosemirror opens without changing a thing', () => {
    fc.assert(
      fc.property(anyDocument(), document => {
        const ydoc = draftFrom(seed(document))
        const changes: Uint8Array[] = []
        ydoc.on('update', update => changes.push(update))
        expect(initProseMirrorDoc(fragmentOf(ydoc), schema).doc.eq(document)).toBe(true)
        expect(changes).toEqual([])
      }),
    )
  })

  test('writes exactly the types and attributes that y-prosemirror writes', () => {
    fc.assert(
      fc.property(anyDocument(), document => {
        const theirs = new Y.Doc()
        prosemirrorToYXmlFragment(document, fragmentOf(theirs))
        expect(fragmentOf(draftFrom(seed(document))).toJSON()).toBe(fragmentOf(theirs).toJSON())
      }),
    )
  })

  test('never changes the draft it reads, and names what is wrong with it', () => {
    const faulty: [string, (page: Y.XmlFragment) => void][] = [
      ['node', page => page.insert(0, [new Y.XmlElement('script')])],
      ['type', page => page.insert(0, [new Y.XmlText('words')])],
      ['content', page => page.insert(0, [new Y.XmlElement('row')])],
      ['content', page => page.insert(0, [new Y.XmlElement('callout')])],
      [
        'attribute',
        page => {
          const line: Y.XmlElement<{ level: string }> = new Y.XmlElement('line')
          line.setAttribute('level', '2')
          page.insert(0, [line])
        },
      ],
      [
        'attribute',
        page => {
          const line: Y.XmlElement<{ onclick: string }> = new Y.XmlElement('line')
          line.setAttribute('onclick', 'x')
          page.insert(0, [line])
        },
      ],
      ['mark', page => textIn(page).insert(0, 'words', { blink: {} })],
      ['mark', page => textIn(page).insert(0, 'words', { 'strong--AAAAAAAA': {} })],
      ['mark', page => textIn(page).insert(0, 'words', { link: { href: 7 } })],
      ['content', page => textIn(page, 'code_block').insert(0, 'words', { strong: {} })],
      ['text', page => textIn(page).insertEmbed(0, { image: 'x' })],
      [
        'depth',
        page => {
          let inner = new Y.XmlElement('callout')
          page.insert(0, [inner])
          for (let depth = 0; depth < 40; depth++) {
            const next: Y.XmlElement = new Y.XmlElement('callout')
            inner.insert(0, [next])
            inner = next
          }
        },
      ],
    ]
    for (const [kind, spoil] of faulty) {
      const ydoc = draftFrom(seed(paragraphs('An oak.')))
      spoil(fragmentOf(ydoc))
      const before = Y.encodeStateAsUpdate(ydoc)
      let refused: unknown
      try {
        documentOf(fragmentOf(ydoc))
      } catch (error) {
        refused = error
      }
      expect(refused).toBeInstanceOf(InvalidDraft)
      expect(refused instanceof InvalidDraft && refused.faults.map(fault => fault.kind), kind).toContain(kind)
      expect(Y.encodeStateAsUpdate(ydoc)).toEqual(before)
    }
  })

  test('reads two texts side by side, which two people make who type in one empty line, as one', () => {
    const server = draftFrom(seed(paragraphs('')))
    const browsers = [browserOf(server, 1), browserOf(server, 2)]
    for (const [index, browser] of browsers.entries()) {
      const line = fragmentOf(browser).get(0)
      const text = new Y.XmlText()
      if (line instanceof Y.XmlElement) line.insert(0, [text])
      text.insert(0, `Words ${index}.`)
    }
    meet(server, ...browsers)
    const read = documentOf(fragmentOf(server))
    expect(read.toString()).toBe('doc(line("Words 0.Words 1."))')
    expect(read.eq(yXmlFragmentToProseMirrorRootNode(fragmentOf(copyOf(server)), schema))).toBe(true)
    patch(fragmentOf(server), paragraphs('Words 0.Words 1. More.'))
    expect(documentOf(fragmentOf(server)).eq(paragraphs('Words 0.Words 1. More.'))).toBe(true)
    expect(textsIn(fragmentOf(server))).toHaveLength(1)
  })

  test('reads a draft in which everything was deleted as an empty page', () => {
    const ydoc = new Y.Doc()
    expect(documentOf(fragmentOf(ydoc)).toString()).toBe('doc(line)')
  })

  test('fills only an empty draft', () => {
    const ydoc = draftFrom(seed(paragraphs('An oak.')))
    expect(() => fill(fragmentOf(ydoc), paragraphs('An elm.'))).toThrow('patched')
  })

  test('drops the marks of pictures and breaks, which a draft cannot hold, and mends half characters', () => {
    const link = schema.mark('link', { href: '/p/1' })
    const line = schema.node('line', null, [
      schema.node('image', { src: 'a.png' }, undefined, [link]),
      schema.text('a\ud800b'),
    ])
    const document = schema.node('doc', null, [line])
    const read = documentOf(fragmentOf(draftFrom(seed(document))))
    expect(read.eq(draftable(document))).toBe(true)
    expect(read.toString()).toBe('doc(line(image, "a\ufffdb"))')
  })
})

function textIn(page: Y.XmlFragment, name = 'line'): Y.XmlText {
  const line = new Y.XmlElement(name)
  page.insert(0, [line])
  const text = new Y.XmlText()
  line.insert(0, [text])
  return text
}
