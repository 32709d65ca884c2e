import type { Mark, Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { type InlineChange, sizeOf } from './changes.ts'
import { cut, flatten } from './inline.ts'
import { deltaOf, membersOf } from './live.ts'
import { isElement, formatOf, typeOf } from './live-types.ts'
import { refined } from './refined.ts'

/** Makes the same changes inside an element: a line, a caption, a code block, a footnote. */
export function patchInline(element: Y.XmlElement, node: Node, changes: readonly InlineChange[]) {
  const cursor: Cursor = { element, index: 0, offset: 0 }
  let at = 0
  for (const change of refined(changes, node)) {
    if (change.kind === 'insert') for (const inserted of change.nodes) insert(cursor, inserted)
    else if (change.kind === 'within')
      for (const inner of cut(flatten(node), at, at + 1)) within(cursor, inner, change.inline)
    else passOver(cursor, change)
    at += sizeOf(change)
  }
  tidy(element)
}

/** A place in an element: the member it stands in or before, and how far inside if that is text. */
type Cursor = { element: Y.XmlElement; index: number; offset: number }

const memberAt = (cursor: Cursor): unknown => membersOf(cursor.element)[cursor.index]

function passOver(cursor: Cursor, change: Exclude<InlineChange, { kind: 'insert' | 'within' }>) {
  let left = change.size
  while (left > 0) {
    const member = memberAt(cursor)
    if (member instanceof Y.XmlText) {
      const size = Math.min(left, member.length - cursor.offset)
      if (size === 0) {
        step(cursor)
        continue
      }
      if (change.kind === 'remove') member.delete(cursor.offset, size)
      else {
        if (change.kind === 'restyle') member.format(cursor.offset, size, restyled(change.was, change.marks))
        cursor.offset += size
      }
      left -= size
    } else if (member === undefined) return
    else {
      if (change.kind === 'remove') cursor.element.delete(cursor.index, 1)
      else step(cursor)
      left--
    }
  }
}

function step(cursor: Cursor) {
  cursor.index++
  cursor.offset = 0
}

function restyled(was: readonly Mark[], marks: readonly Mark[]): Record<string, unknown> {
  const format: Record<string, unknown> = {}
  for (const key of Object.keys(formatOf(was))) format[key] = null
  return Object.assign(format, formatOf(marks))
}

function within(cursor: Cursor, node: Node, changes: readonly InlineChange[]) {
  let member = memberAt(cursor)
  while (member instanceof Y.XmlText) {
    step(cursor)
    member = memberAt(cursor)
  }
  if (isElement(member)) patchInline(member, node, changes)
  step(cursor)
}

function insert(cursor: Cursor, node: Node) {
  if (!node.isText) return insertElement(cursor, node)
  const member = memberAt(cursor)
  const before = membersOf(cursor.element)[cursor.index - 1]
  const text = node.text ?? ''
  if (member instanceof Y.XmlText && (cursor.offset > 0 || !(before instanceof Y.XmlText))) {
    member.insert(cursor.offset, text, formatOf(node.marks))
    cursor.offset += text.length
  } else if (before instanceof Y.XmlText) before.insert(before.length, text, formatOf(node.marks))
  else {
    const fresh = new Y.XmlText()
    fresh.applyDelta([{ insert: text, attributes: formatOf(node.marks) }])
    cursor.element.insert(cursor.index, [fresh])
    step(cursor)
  }
}

/** An element in the middle of a text parts it; the shorter side is written again, the longer keeps its identity. */
function insertElement(cursor: Cursor, node: Node) {
  const { element, offset } = cursor
  const member = memberAt(cursor)
  if (!(member instanceof Y.XmlText) || offset === 0) {
    element.insert(cursor.index, [typeOf(node)])
    step(cursor)
    return
  }
  const rest = member.length - offset
  const copy = new Y.XmlText()
  if (rest === 0) element.insert(cursor.index + 1, [typeOf(node)])
  else if (rest <= offset) {
    copy.applyDelta(partOf(member, offset, member.length))
    member.delete(offset, rest)
    element.insert(cursor.index + 1, [typeOf(node), copy])
  } else {
    copy.applyDelta(partOf(member, 0, offset))
    member.delete(0, offset)
    element.insert(cursor.index, [copy, typeOf(node)])
  }
  cursor.index += 2
  cursor.offset = 0
}

function partOf(text: Y.XmlText, from: number, to: number) {
  const parts: { insert: string; attributes: Record<string, unknown> }[] = []
  let at = 0
  for (const part of deltaOf(text)) {
    const words = typeof part.insert === 'string' ? part.insert : ''
    const insert = words.slice(Math.max(0, from - at), Math.max(0, to - at))
    if (insert !== '') parts.push({ insert, attributes: part.attributes ?? {} })
    at += words.length
  }
  return parts
}

/**
 * Editors expect one text between two elements; beside two of them y-prosemirror writes the second again in whoever
 * types first, and doubles it if two people do.
 */
function tidy(element: Y.XmlElement) {
  const members = membersOf(element)
  let index = 0
  let before: Y.XmlText | undefined
  for (const member of members) {
    if (!(member instanceof Y.XmlText)) {
      before = undefined
      index++
    } else if (member.length === 0 && element.length > 1) element.delete(index, 1)
    else if (before === undefined) {
      before = member
      index++
    } else if (before.length >= member.length) {
      before.applyDelta([{ retain: before.length }, ...partOf(member, 0, member.length)])
      element.delete(index, 1)
    } else {
      member.applyDelta(partOf(before, 0, before.length))
      element.delete(index - 1, 1)
      before = member
    }
  }
}
