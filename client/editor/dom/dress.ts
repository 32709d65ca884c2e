import type { Mark, Node } from 'prosemirror-model'
import { schema } from '../../../shared/document/schema.ts'
import type { MarkName, NodeName } from '../../../shared/document/schema.ts'
import { blockDom } from './blocks.ts'
import { inlineDom, markDom } from './inline.ts'
import { parsing } from './parsing.ts'
import type { Words } from './words.ts'

/**
 * Gives the schema its looks in the editor. They are added to the one schema, rather than to a second schema made from
 * it, because everything in `shared/document/` compares node types: a document of another schema would not be one.
 */
export function dress(words: Words) {
  const nodes: Partial<Record<NodeName, (node: Node) => unknown>> = { ...blockDom(words), ...inlineDom(words) }
  for (const [name, toDOM] of Object.entries(nodes)) {
    const type = schema.nodes[name]
    if (type) Object.assign(type.spec, { toDOM, parseDOM: parsing.nodes[name] ?? [] })
  }
  const marks: Record<MarkName, (mark: Mark) => unknown> = markDom
  for (const [name, toDOM] of Object.entries(marks)) {
    const type = schema.marks[name]
    if (type) Object.assign(type.spec, { toDOM, parseDOM: parsing.marks[name] ?? [] })
  }
}
