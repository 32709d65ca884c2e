import type { Mark, Node } from 'prosemirror-model'
import type { ComparedBlock, Segment } from '../../../shared/document/comparison.ts'

/** What a comparison tells, one line a block: what became of it, what it is, and in brackets what differs. */
export function told(blocks: readonly ComparedBlock[], depth = 0): string[] {
  return blocks.flatMap(block => {
    if (block.status === 'kept') return []
    const inside = told(block.children, depth + 1)
    const says = block.segments.length > 0 ? said(block.segments) : inside.length > 0 ? '' : brief(spoken([block.node]))
    return [
      `${'  '.repeat(depth)}${statusOf(block)} ${whatIs(block.node)}${notes(block)}: ${says}`.trimEnd(),
      ...inside,
    ]
  })
}

const statusOf = ({ status }: ComparedBlock) => ({ inserted: 'added', kept: '' })[String(status)] ?? status

function whatIs({ type, attrs }: Node): string {
  if (type.name !== 'line') return type.name
  return attrs['kind'] === 'heading' ? `heading ${String(attrs['level'])}` : String(attrs['kind'])
}

function notes({ attributes, was, node, origins, parted }: ComparedBlock): string {
  const notes = attributes.map(name => `${name} ${value(was?.attrs[name])} → ${value(node.attrs[name])}`)
  const others = origins.map(whatIs)
  if (parted) notes.push('parted from the one before')
  else if (others.length > 1) notes.push(`made of ${others.join(' and ')}`)
  else if (others.length === 1 && !was) notes.push(`was ${String(others[0])}`)
  return notes.length > 0 ? ` (${notes.join(', ')})` : ''
}

function value(given: unknown): string {
  if (given === '' || given === null) return 'none'
  return typeof given === 'string' ? given : JSON.stringify(given)
}

function said(segments: readonly Segment[]): string {
  return segments
    .map(({ status, nodes, was, segments: inner }, at) => {
      if (status === 'joined') return '[-¶]'
      if (status === 'parted') return '[+¶]'
      if (status === 'changed') return `[note: ${said(inner)}]`
      if (status === 'inserted') return `[+${spoken(nodes)}]`
      if (status === 'removed') return `[-${spoken(nodes)}]`
      if (status === 'reformatted') return `[${spoken(nodes)}: ${style(was)} → ${style(nodes[0]?.marks ?? [])}]`
      return brief(spoken(nodes), at > 0, at < segments.length - 1)
    })
    .join('')
}

const style = (marks: readonly Mark[]) =>
  marks.map(({ type, attrs }) => (type.name === 'link' ? `link to ${String(attrs['href'])}` : type.name)).join(', ') ||
  'plain'

function spoken(nodes: readonly Node[]): string {
  return nodes
    .map(node => {
      if (node.isText) return (node.text ?? '').replaceAll('\n', '⏎')
      if (node.type.name === 'hard_break') return '⏎'
      if (node.type.name === 'footnote') return `(note: ${spoken(node.children)})`
      const named = ['src', 'alt', 'tex', 'title', 'page'].map(name => String(node.attrs[name] ?? '')).filter(Boolean)
      const inside = spoken(node.children)
      if (node.isInline || node.type.name === 'figure') return `<${[...named, inside].filter(Boolean).join(' ')}>`
      return node.inlineContent ? inside : node.children.map(child => spoken([child])).join(' | ')
    })
    .join('')
}

/** The words around what changed are enough of what did not. */
function brief(text: string, after = true, before = true): string {
  if ([...text].length <= 60) return text
  const letters = [...text]
  const [start, end] = [letters.slice(0, 20).join(''), letters.slice(-20).join('')]
  return `${after ? start : ''}…${before ? end : ''}`
}
