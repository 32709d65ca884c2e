import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentOf, fragmentOf, seed } from '../../../shared/document/live.ts'
import { moveBlock } from '../../../shared/document/moving.ts'
import { orphans } from '../../../shared/document/orphans.ts'
import { patch } from '../../../shared/document/patch.ts'
import { paragraphs } from '../../support/documents.ts'
import { browserOf, draftFrom, meet, typeBehind } from '../../support/drafts.ts'

const texts = (ydoc: Y.Doc) => documentOf(fragmentOf(ydoc)).children.map(block => block.textContent)

/** Brings what a browser wrote to the server, and answers what found no place there. */
function arrives(server: Y.Doc, browser: Y.Doc) {
  const update = Y.encodeStateAsUpdate(browser, Y.encodeStateVector(server))
  let found: ReturnType<typeof orphans> = []
  server.once('afterTransaction', (transaction: Y.Transaction) => (found = orphans([update], transaction)))
  Y.applyUpdate(server, update)
  return found
}

describe('moving a block', () => {
  test('keeps what a colleague types in it, because the shorter neighbour is written anew', () => {
    const server = draftFrom(seed(paragraphs('First.', 'A long paragraph about oaks.', 'Last.')))
    const [mover, writer] = [browserOf(server, 1), browserOf(server, 2)]
    typeBehind(writer, 'about', ' very old')
    expect(moveBlock(fragmentOf(mover), 1, -1)).toBe(true)
    meet(server, mover, writer)
    expect(texts(server)).toEqual(['A long paragraph about very old oaks.', 'First.', 'Last.'])
    expect(moveBlock(fragmentOf(server), 0, 1)).toBe(true)
    expect(texts(server)).toEqual(['First.', 'A long paragraph about very old oaks.', 'Last.'])
  })

  test('rescues what is typed in the neighbour that was written anew', () => {
    const server = draftFrom(seed(paragraphs('First.', 'A long paragraph about oaks.')))
    const [mover, writer] = [browserOf(server, 1), browserOf(server, 2)]
    typeBehind(writer, 'First.', ' My whole sentence.')
    moveBlock(fragmentOf(mover), 1, -1)
    arrives(server, mover)
    expect(arrives(server, writer)).toMatchObject([{ client: 2, text: ' My whole sentence.' }])
  })

  test('stops at either end', () => {
    const server = draftFrom(seed(paragraphs('One', 'Two')))
    expect([moveBlock(fragmentOf(server), 0, -1), moveBlock(fragmentOf(server), 1, 1)]).toEqual([false, false])
    expect(texts(server)).toEqual(['One', 'Two'])
  })
})

describe('words typed where somebody had just removed the paragraph', () => {
  const start = () => {
    const server = draftFrom(seed(paragraphs('Before it.', 'Spam about leaves.', 'After it.')))
    return { server, writer: browserOf(server, 7) }
  }

  test('are recovered whole, with who typed them and where, also when typed letter by letter', () => {
    const { server, writer } = start()
    const sentence = 'MY OFFLINE SENTENCE, with a correction'
    let typed = 'about'
    for (const letter of sentence.replace(' a', '')) {
      typeBehind(writer, typed, letter)
      typed += letter
    }
    typeBehind(writer, 'with', ' a')
    patch(fragmentOf(server), paragraphs('Before it.', 'After it.'))
    expect(arrives(server, writer)).toEqual([{ client: 7, text: sentence, near: 1 }])
    expect(texts(server)).toEqual(['Before it.', 'After it.'])
  })

  test('are told once, and not when their writer took them back', () => {
    const { server, writer } = start()
    typeBehind(writer, 'about', ' cheap')
    const line = fragmentOf(writer).get(1)
    const text = line instanceof Y.XmlElement ? line.get(0) : undefined
    if (text instanceof Y.XmlText) text.delete(10, 6)
    typeBehind(writer, 'leaves', ' kept')
    patch(fragmentOf(server), paragraphs('Before it.'))
    expect(arrives(server, writer).map(orphan => orphan.text)).toEqual([' kept'])
    const again = Y.encodeStateAsUpdate(writer)
    let found: unknown
    server.once('afterTransaction', (transaction: Y.Transaction) => (found = orphans([again], transaction)))
    Y.applyUpdate(server, again)
    expect(found).toEqual([])
  })

  test('in a paragraph that stayed are none', () => {
    const { server, writer } = start()
    typeBehind(writer, 'Before', ' and after')
    patch(fragmentOf(server), paragraphs('Before it.', 'After it.'))
    expect(arrives(server, writer)).toEqual([])
    expect(texts(server)[0]).toBe('Before and after it.')
  })
})
