/** Marked text as nested spans, as HTML and Markdown need it: outer marks first, in the order of the schema. */
import type { Mark, Node } from 'prosemirror-model'

export interface Span {
  kind: 'span'
  mark: Mark
  children: Inline[]
}
export interface Leaf {
  kind: 'leaf'
  node: Node
}
export type Inline = Span | Leaf

export function spans(parent: Node): Inline[] {
  const root: Inline[] = []
  const open: Span[] = []
  for (const node of parent.children) {
    const { marks } = node
    let kept = 0
    while (continues(open[kept], marks[kept])) kept++
    open.length = kept
    for (const mark of marks.slice(kept)) {
      const span: Span = { kind: 'span', mark, children: [] }
      ;(open.at(-1)?.children ?? root).push(span)
      open.push(span)
    }
    ;(open.at(-1)?.children ?? root).push({ kind: 'leaf', node })
  }
  return root
}

const continues = (span: Span | undefined, mark: Mark | undefined) =>
  span !== undefined && mark !== undefined && span.mark.eq(mark)
