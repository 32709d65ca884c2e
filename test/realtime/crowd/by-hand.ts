import { Fragment } from 'prosemirror-model'
import * as Y from 'yjs'
import { documentOf, fragmentOf } from '../../../shared/document/live.ts'
import { typeOf } from '../../../shared/document/live-types.ts'
import { schema } from '../../../shared/document/schema.ts'
import { type Desk, type Handwork, pick } from './desk.ts'
import { gapsIn } from './words.ts'

const hand = 'hand'

/** Somebody whose program writes into the shared types by itself, without the editor. */
export function byHand(ydoc: Y.Doc): Desk {
  const fragment = fragmentOf(ydoc)
  const undo = new Y.UndoManager(fragment, { trackedOrigins: new Set([hand]) })
  const takesBack = (act: () => unknown) => {
    undo.stopCapturing()
    act()
  }
  return {
    ydoc,
    perform(deed, word) {
      if (deed.kind === 'undo') takesBack(() => undo.undo())
      else if (deed.kind === 'redo') takesBack(() => undo.redo())
      else {
        undo.stopCapturing()
        ydoc.transact(() => change(fragment, deed, word), hand)
      }
    },
    shows: () => documentOf(fragment),
    forgetUndo: () => undo.clear(),
    close: () => undo.destroy(),
  }
}

function change(fragment: Y.XmlFragment, { kind, where, at, size }: Handwork, word: () => string) {
  const line = pick(linesIn(fragment), where)
  if (kind === 'remove') {
    const from = where % Math.max(1, fragment.length)
    const many = Math.min(size, fragment.length - from, fragment.length - 1)
    if (many > 0) fragment.delete(from, many)
  } else if (kind === 'table') fragment.insert(where % (fragment.length + 1), [tableOf(word)])
  else if (!line) fragment.insert(0, [lineOf(word())])
  else if (kind === 'heading') line.setAttribute('kind', at % 2 ? 'heading' : 'paragraph')
  else if (kind === 'bullet') line.setAttribute('kind', 'bullet')
  else if (kind === 'indent' || kind === 'outdent') setIndent(line, at % 4)
  else if (kind === 'split') split(line, at)
  else if (kind === 'erase' || kind === 'strong') onText(line, kind, at, size)
  else typeInto(line, at, word())
}

function typeInto(line: Y.XmlElement, at: number, words: string) {
  const text = textOf(line)
  if (text) text.insert(pick(gapsIn(plain(text)), at) ?? 0, words, {})
  else line.insert(0, [new Y.XmlText(words)])
}

function onText(line: Y.XmlElement, kind: 'erase' | 'strong', at: number, size: number) {
  const text = textOf(line)
  if (!text) return
  const gaps = gapsIn(plain(text))
  const from = at % gaps.length
  const [start, end] = [gaps[from] ?? 0, gaps[Math.min(gaps.length - 1, from + size)] ?? 0]
  if (start === end) return
  if (kind === 'erase') text.delete(start, end - start)
  else text.format(start, end - start, { strong: {} })
}

/** As y-prosemirror does it: what stands behind the place is written again in a new line. */
function split(line: Y.XmlElement, at: number) {
  const text = textOf(line)
  const { parent } = line
  if (!text || !(parent instanceof Y.XmlFragment)) return
  const whole = plain(text)
  const place = pick(gapsIn(whole), at) ?? 0
  if (place < whole.length) text.delete(place, whole.length - place)
  parent.insertAfter(line, [lineOf(whole.slice(place))])
}

function lineOf(words: string) {
  const line = new Y.XmlElement('line')
  if (words !== '') line.insert(0, [new Y.XmlText(words)])
  return line
}

function tableOf(word: () => string): Y.XmlElement {
  const cell = () => schema.node('cell', null, [schema.node('line', null, [schema.text(word())])])
  const row = () => schema.node('row', null, Fragment.fromArray([cell(), cell()]))
  return typeOf(schema.node('table', null, [row(), row()]))
}

/** Yjs types attributes as strings and keeps any value. */
const setIndent = (line: Y.XmlElement<Record<string, NonNullable<unknown>>>, indent: number) =>
  line.setAttribute('indent', indent)

const plain = (text: Y.XmlText) => text.toString().replaceAll(/<[^>]*>/g, '')

/** The first text of a line, which is all that this person reads. */
function textOf(line: Y.XmlElement): Y.XmlText | undefined {
  const first: unknown = line.length > 0 ? line.get(0) : undefined
  return first instanceof Y.XmlText ? first : undefined
}

function linesIn(parent: Y.XmlFragment): Y.XmlElement[] {
  const members: unknown[] = parent.toArray()
  return members.flatMap(member => {
    if (!(member instanceof Y.XmlElement)) return []
    return member.nodeName === 'line' ? [member] : linesIn(member)
  })
}
