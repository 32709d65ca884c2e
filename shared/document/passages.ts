import type { Node } from 'prosemirror-model'
import { recognised } from './authorship.ts'
import { joined, placeholder } from './inline.ts'
import { schema } from './schema.ts'
import { keptUnits, unitsIn, unitText } from './units.ts'

/** Words that have no place, as blocks that can stand by themselves, and the words before the place they would have. */
export type Passages = { blocks: Node[]; context: string }

const contextLength = 200

/**
 * The words of a document that have no place in `now`, and should: new ones, which `before` does not have, and such as
 * nobody else has taken away, for they stood in `was`. Where `now` says the same words more often than `was` did, they
 * have found a place.
 */
export function passagesMissing(document: Node, before: Node, was: Node, now: Node): Passages {
  const [known, placed] = [keptUnits(before, document), keptUnits(now, document)]
  const standing = was === now ? placed : keptUnits(was, document)
  const [textWas, textNow] = [unitText(was), unitText(now)]
  const [textBefore, all] = [unitText(before), unitText(document)]
  const isMissing = (unit: number) =>
    (placed[unit] ?? -1) < 0 && ((known[unit] ?? -1) < 0 || (standing[unit] ?? -1) >= 0)
  const isPlaced = (text: string) => {
    const piece = text.trim()
    const [more, added] = [count(textNow, piece) - count(textWas, piece), count(all, piece) - count(textBefore, piece)]
    // Short words are found elsewhere by chance, unless all of them are there that came.
    return more > 0 && (text.length >= recognised || (added > 0 && more >= added))
  }
  const blocks: Node[] = []
  let context: string | undefined
  const walk = (parent: Node, start: number) => {
    let at = start
    for (const block of parent.children) {
      if (!block.inlineContent) walk(block, at)
      else {
        const found = missingIn(block, at, isMissing, isPlaced)
        if (found) {
          blocks.push(found)
          context ??= contextOf(now, placed, at + unitsIn(block) - 1)
        }
      }
      at += unitsIn(block)
    }
  }
  walk(document, 0)
  return { blocks, context: context ?? '' }
}

/** What is missing inside a line, gaps marked; code stays code. */
function missingIn(
  block: Node,
  start: number,
  isMissing: (unit: number) => boolean,
  isPlaced: (text: string) => boolean,
): Node | undefined {
  const pieces: Node[][] = []
  let at = start
  let isOpen = false
  const add = (node: Node) => {
    if (isOpen) pieces.at(-1)?.push(node)
    else pieces.push([node])
    isOpen = true
  }
  const walk = (parent: Node) => {
    for (const node of parent.children) {
      if (!node.isText) {
        if (isMissing(at)) {
          add(node)
          at += unitsIn(node)
        } else {
          isOpen = false
          at++
          walk(node)
        }
        continue
      }
      const text = node.text ?? ''
      for (let from = 0; from < text.length;) {
        const missing = isMissing(at + from)
        let to = from + 1
        while (to < text.length && isMissing(at + to) === missing) to++
        if (missing) add(schema.text(text.slice(from, to), node.marks))
        else isOpen = false
        from = to
      }
      at += text.length
    }
  }
  walk(block)
  const lost = pieces.filter(piece => {
    const text = piece.map(node => unitText(node)).join('')
    return text.trim() !== '' && !(text.replaceAll(placeholder, '') !== '' && isPlaced(text))
  })
  if (lost.length === 0) return undefined
  const content = joined(lost.flatMap((piece, index) => (index > 0 ? [schema.text(' … '), ...piece] : piece)))
  const { code_block: code, line } = schema.nodes
  return block.type === code && code.validContent(content)
    ? code.create(block.attrs, content)
    : line.create(null, content)
}

/** The end of the block in which the last words before a unit stand that have a place. */
function contextOf(now: Node, placed: Int32Array, unit: number): string {
  for (let at = unit; at >= 0; at--) {
    const place = placed[at] ?? -1
    if (place >= 0) return blockAt(now, place).slice(-contextLength)
  }
  return ''
}

function blockAt(document: Node, unit: number): string {
  let at = 0
  for (const block of document.children) {
    at += unitsIn(block)
    if (unit < at) return block.textContent
  }
  return ''
}

function count(text: string, part: string): number {
  let times = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) times++
  return times
}
