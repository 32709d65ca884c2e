import fc from 'fast-check'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { moveBlock } from '../../shared/document/moving.ts'
import { textsIn } from './drafts.ts'

/** One thing that somebody does to a draft; `at` and `to` say where. */
export interface Deed {
  by: string
  kind: (typeof kinds)[number]
  at: number
  to: number
}

const kinds = ['type', 'take', 'line', 'away', 'strong', 'heading', 'plain', 'move', 'split'] as const

export const anyDeed = (...people: [string, ...string[]]): fc.Arbitrary<Deed> =>
  fc.record({
    by: fc.constantFrom(...people),
    kind: fc.constantFrom<Deed['kind']>(...kinds, 'type', 'type', 'take', 'strong'),
    at: fc.nat(1000),
    to: fc.nat(1000),
  })

/** Does it, where there is room for it; `words` are what is typed. */
export function performs(ydoc: Y.Doc, { kind, at, to }: Deed, words: string) {
  const fragment = fragmentOf(ydoc)
  // Nobody's keyboard cuts a character in two.
  const texts = textsIn(fragment).filter(one => one.length > 0 && !/[\ud800-\udfff]/.test(one.toString()))
  const text = texts[at % Math.max(1, texts.length)]
  const place = text ? to % (text.length + 1) : 0
  const index = at % Math.max(1, fragment.length)
  const line = fragment.get(index)
  const isLine = line instanceof Y.XmlElement && line.nodeName === 'line'
  if (kind === 'type') text?.insert(place, words)
  else if (kind === 'take') text?.delete(Math.min(place, Math.max(0, text.length - 3)), Math.min(3, text.length))
  else if (kind === 'strong') {
    if (text && text.parent instanceof Y.XmlElement && !['code_block', 'math'].includes(text.parent.nodeName))
      text.format(place % 5, Math.min(3, text.length), { strong: to % 2 === 0 ? {} : null })
  } else if (kind === 'line') {
    const made = new Y.XmlElement('line')
    made.insert(0, [new Y.XmlText(words)])
    fragment.insert(index, [made])
  } else if (kind === 'away') {
    if (fragment.length > 1) fragment.delete(index, 1)
  } else if (kind === 'move') moveBlock(fragment, index, to % 2 === 0 ? 1 : -1)
  else if (kind === 'heading') {
    if (isLine) line.setAttribute('kind', 'heading')
  } else if (kind === 'plain') {
    if (isLine) line.setAttribute('kind', 'paragraph')
  } else if (isLine && text && text.parent === line && line.length === 1 && place < text.length) {
    const [rest, next] = [new Y.XmlText(), new Y.XmlElement('line')]
    const plain = text.toString().replaceAll(/<[^>]*>/g, '')
    rest.insert(0, plain.slice(place))
    next.insert(0, [rest])
    text.delete(place, text.length - place)
    fragment.insert(index + 1, [next])
  }
}
