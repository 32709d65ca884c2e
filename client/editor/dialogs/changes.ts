import type { Node } from 'prosemirror-model'
import { type ComparedBlock, comparison, type Segment } from '../../../shared/document/comparison.ts'
import { wordCount } from '../../../shared/document/text.ts'

/** What is new under one heading, in words. */
export interface SectionChange {
  /** Empty for what stands above the first heading. */
  section: string
  added: number
  removed: number
}

/** What would be published, section by section. */
export function changesSince(head: Node, draft: Node): SectionChange[] {
  const sections: SectionChange[] = []
  let current: SectionChange = { section: '', added: 0, removed: 0 }
  for (const block of comparison(head, draft)) {
    if (block.node.attrs['kind'] === 'heading' && block.status !== 'removed') {
      sections.push(current)
      current = { section: block.node.textContent, added: 0, removed: 0 }
    }
    count(block, current)
  }
  return [...sections, current].filter(({ added, removed }) => added > 0 || removed > 0)
}

function count(block: ComparedBlock, into: SectionChange) {
  if (block.status === 'inserted') into.added += wordCount(block.node.textBetween(0, block.node.content.size, ' '))
  else if (block.status === 'removed')
    into.removed += wordCount(block.node.textBetween(0, block.node.content.size, ' '))
  else {
    for (const segment of block.segments) countSegment(segment, into)
    for (const child of block.children) count(child, into)
  }
}

function countSegment({ status, nodes, segments }: Segment, into: SectionChange) {
  const words = wordCount(nodes.map(node => node.text ?? node.textContent).join(' '))
  if (status === 'inserted') into.added += words
  if (status === 'removed') into.removed += words
  for (const segment of segments) countSegment(segment, into)
}
