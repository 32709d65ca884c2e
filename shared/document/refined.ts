import { Mark, type Node } from 'prosemirror-model'
import { type InlineChange, sizeOf } from './changes.ts'
import { cut, flatten } from './inline.ts'
import { sharedEnds } from './words.ts'

/** Where one word gave way to another under the same marks, only the letters that differ are touched. */
export function refined(changes: readonly InlineChange[], node: Node): InlineChange[] {
  const flat = flatten(node)
  const found: InlineChange[] = []
  let at = 0
  for (let index = 0; index < changes.length; index++) {
    const [change, next] = [changes[index], changes[index + 1]]
    if (!change) break
    const [was, ...wasMore] = change.kind === 'remove' ? cut(flat, at, at + change.size) : []
    const [is, ...isMore] = next?.kind === 'insert' ? next.nodes : []
    at += sizeOf(change)
    const single = wasMore.length === 0 && isMore.length === 0
    if (!single || !was?.text || !is?.text || !Mark.sameSet(was.marks, is.marks)) {
      found.push(change)
      continue
    }
    const [start, end] = sharedEnds(was.text, is.text)
    if (start > 0) found.push({ kind: 'keep', size: start })
    if (start + end < was.text.length) found.push({ kind: 'remove', size: was.text.length - start - end })
    if (start + end < is.text.length) found.push({ kind: 'insert', nodes: [is.cut(start, is.text.length - end)] })
    if (end > 0) found.push({ kind: 'keep', size: end })
    index++
  }
  return found
}
