import type { Node } from 'prosemirror-model'
import type { Stretch } from './diff3.ts'
import { assembled, type Piece } from './pieces.ts'

/** Words out of a row as a document of their own. */
export function shown(pieces: readonly Piece[]): Node | undefined {
  const [first, ...others] = pieces
  return first && assembled([{ ...first, space: [] }, ...others])
}

/** The heading that a place of a row stands under. */
export function sectionAt(row: readonly Piece[], at: number): string {
  for (let start = Math.min(at, row.length - 1); start >= 0; start--) {
    if (row[start]?.block?.attrs['kind'] !== 'heading') continue
    let end = start + 1
    while (end < row.length && !row[end]?.block) end++
    return textOf(row.slice(start, end))
  }
  return ''
}

/** A few words on either side of a stretch, as far as its block goes. */
export function around(row: readonly Piece[], [from, to]: Stretch) {
  const few = 8
  let [first, last] = [from, to]
  while (first > 0 && from - first < few && row[first] && !row[first]?.block) first--
  while (last < row.length && last - to < few && !row[last]?.block) last++
  return { before: textOf(row.slice(first, from)), after: textOf(row.slice(to, last)) }
}

const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map(
      ({ space, nodes, block }, at) =>
        (at > 0 && space.length > 0 ? ' ' : '') +
        (nodes.length > 0 ? nodes : (block?.children ?? [])).map(node => node.textContent).join(''),
    )
    .join('')

/** Two numbers of 32 bits that anything else hardly has (after MurmurHash's last mixing), as text. */
export function idOf(said: unknown): string {
  const text = JSON.stringify(said)
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    high = Math.imul(high ^ letter, 2654435761)
    low = Math.imul(low ^ letter, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return [high, low].map(part => (part >>> 0).toString(36).padStart(7, '0')).join('')
}
