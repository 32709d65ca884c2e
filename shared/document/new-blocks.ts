import type { Node } from 'prosemirror-model'
import { diffInline } from './diff-inline.ts'
import { joined } from './inline.ts'
import { steps } from './pairing.ts'
import { schema } from './schema.ts'

/** Only what is new in a changed block, as blocks that can stand by themselves. */
export function newBlocks(base: Node, changed: Node): Node[] {
  if (base.inlineContent) return newLine(base, changed)
  return steps(base, changed).flatMap(step => {
    if (step.kind === 'insert') return standing(changed.child(step.b))
    return step.kind === 'change' ? newBlocks(base.child(step.a), changed.child(step.b)) : []
  })
}

function newLine(base: Node, changed: Node): Node[] {
  const words: Node[] = []
  for (const change of diffInline(base, changed)) {
    const nodes =
      change.kind === 'insert' ? change.nodes : change.kind === 'within' ? change.inline.flatMap(inserted) : []
    if (nodes.length > 0) words.push(...(words.length > 0 ? [schema.text(' … ')] : []), ...nodes)
  }
  const content = joined(words)
  const text = content.textBetween(0, content.size, ' ', 'x').trim()
  if (text === '') return []
  const type =
    changed.type.validContent(content) && changed.type.name === 'code_block' ? changed.type : schema.nodes.line
  return [type.create(type === changed.type ? changed.attrs : null, content)]
}

const inserted = (change: { kind: string; nodes?: Node[] }) => (change.kind === 'insert' ? (change.nodes ?? []) : [])

/** Rows and cells are no blocks; what they hold is. */
function standing(node: Node): Node[] {
  return schema.topNodeType.contentMatch.matchType(node.type) ? [node] : node.children.flatMap(standing)
}
