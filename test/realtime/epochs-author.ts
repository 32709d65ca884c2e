import * as Y from 'yjs'
import { deltaOf, fragmentOf } from '../../shared/document/live.ts'
import { moveBlock } from '../../shared/document/moving.ts'
import type { Operation } from './epochs-stories.ts'

/** Does all that to lines of one's own, typing words that nobody else types. Answers with the update. */
export function edits(ydoc: Y.Doc, list: readonly Operation[], mine: readonly number[], name: string) {
  const before = Y.encodeStateVector(ydoc)
  const author = authorOf(ydoc, mine)
  for (const [index, one] of list.entries()) ydoc.transact(() => author.does(one, `${name}${index}`))
  return Y.encodeStateAsUpdate(ydoc, before)
}

/** Keeps to the lines that are theirs, and follows them wherever they stand by now. */
function authorOf(ydoc: Y.Doc, mine: readonly number[]) {
  const fragment = fragmentOf(ydoc)
  const all = elementsIn(fragment)
  const lines = new Map(mine.flatMap(line => (all[line] ? [[line, all[line]] as const] : [])))
  const own = new Set(lines.values())

  function replace(line: Y.XmlElement, copy: Y.XmlElement) {
    for (const [at, element] of lines) if (element === line) lines.set(at, copy)
    own.delete(line)
    own.add(copy)
  }

  return {
    does({ kind, line, at }: Operation, word: string) {
      const element = lines.get(line)
      const [text, parent] = [element?.get(0), element?.parent]
      if (!element || !(text instanceof Y.XmlText) || !(parent instanceof Y.XmlFragment)) return
      const siblings = elementsIn(parent)
      const index = siblings.indexOf(element)
      const place = boundary(wordsIn(text), at)
      const [next] = siblings.slice(index + 1)
      if (index < 0) return
      if (kind === 'insert') text.insert(place, ` ${word}`)
      else if (kind === 'delete') text.delete(0, wordsIn(text).indexOf(' ') + 1)
      else if (kind === 'style') element.setAttribute('kind', 'heading')
      else if (kind === 'mark') text.format(0, place, { strong: {} })
      else if (kind === 'remove') {
        if (parent === fragment) parent.delete(index, 1)
      } else if (kind === 'block') put(parent, index + 1, [{ insert: `${word} is a line of its own.` }])
      else if (kind === 'split') {
        own.add(put(parent, index + 1, partOf(text, place)))
        text.delete(place, text.length - place)
      } else if (kind === 'join') join(parent, index, text, next)
      else if (kind === 'wrap') {
        if (parent === fragment) wrap(parent, index, element, text)
      } else if (next && own.has(next)) move(parent, index)
    },
  }

  function join(parent: Y.XmlFragment, index: number, text: Y.XmlText, next: Y.XmlElement | undefined) {
    const more = next && own.has(next) ? next.get(0) : undefined
    if (!(more instanceof Y.XmlText)) return
    text.applyDelta([{ retain: text.length }, ...partOf(more, 0)])
    parent.delete(index + 1, 1)
  }

  function wrap(parent: Y.XmlFragment, index: number, element: Y.XmlElement, text: Y.XmlText) {
    const [callout, words] = [new Y.XmlElement('callout'), partOf(text, 0)]
    parent.delete(index, 1)
    parent.insert(index, [callout])
    replace(element, put(callout, 0, words))
  }

  function move(parent: Y.XmlFragment, index: number) {
    const before = elementsIn(parent)
    moveBlock(parent, index, 1)
    const after = elementsIn(parent)
    const [gone, copy] = [before.find(one => !after.includes(one)), after.find(one => !before.includes(one))]
    if (gone && copy) replace(gone, copy)
  }
}

type Part = { insert: string; attributes?: Record<string, unknown> }

function put(parent: Y.XmlFragment, index: number, delta: Part[]): Y.XmlElement {
  const [line, text] = [new Y.XmlElement('line'), new Y.XmlText()]
  text.applyDelta(delta)
  line.insert(0, [text])
  parent.insert(index, [line])
  return line
}

function partOf(text: Y.XmlText, from: number): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { insert, attributes } of deltaOf(text)) {
    if (typeof insert !== 'string') continue
    const rest = insert.slice(Math.max(0, from - at))
    if (rest !== '') parts.push({ insert: rest, ...(attributes && { attributes }) })
    at += insert.length
  }
  return parts
}

const wordsIn = (text: Y.XmlText) =>
  partOf(text, 0)
    .map(({ insert }) => insert)
    .join('')

const elementsIn = (parent: Y.XmlFragment) => parent.toArray().filter(child => child instanceof Y.XmlElement)

const boundary = (text: string, at: number) => {
  const places = [...text.matchAll(/ |$|[，。]/g)].map(match => match.index)
  return places[at % places.length] ?? 0
}
