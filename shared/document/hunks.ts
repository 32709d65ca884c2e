/** A comparison as a person would tell it: so many changes, each with what it is, where it stands and where it stood. */
import type { Node } from 'prosemirror-model'
import type { Change } from './changes.ts'
import { coarseChanges, coarseComparison, differsTooMuch } from './coarse.ts'
import { type ComparedBlock, comparison, type Segment } from './comparison.ts'
import { diff } from './diff.ts'
import { legible } from './legible.ts'
import { steps } from './pairing.ts'
import { inlineText } from './text.ts'

export const whats = [
  'heading',
  'paragraph',
  'item',
  'code',
  'formula',
  'picture',
  'file',
  'rule',
  'card',
  'passage',
  'table',
  'note',
  'fold',
  'section',
  'blocks',
] as const
/** What a reader would call a block, or several of them. */
export type What = (typeof whats)[number]

export interface Hunk {
  /** `c1`, `c2`, …: also the place on the screen that compares. */
  id: string
  status: Exclude<ComparedBlock['status'], 'kept'>
  what: What
  /** The heading under which it stands; empty above the first. */
  section: string
  /** The heading under which something that moved stood before. */
  origin: string
  /** One block, or neighbours that came, went or moved together. */
  blocks: ComparedBlock[]
  /** Where the first of them stands among all blocks. */
  at: number
}

export interface Told {
  /** Both documents as one sequence, their words set for reading. */
  blocks: ComparedBlock[]
  hunks: Hunk[]
  /** The texts have so little in common that only whole blocks were compared. */
  isCoarse: boolean
  /** The same exactly: what `apply` makes the newer document of. */
  changes: () => Change[]
}

export function told(before: Node, after: Node): Told {
  const isCoarse = differsTooMuch(before, after)
  const known = isCoarse ? [] : steps(before, after)
  const blocks = isCoarse ? coarseComparison(before, after) : comparison(before, after, known).map(readable)
  const hunks: Hunk[] = []
  let section = ''
  for (const [at, block] of blocks.entries()) {
    const { status, node } = block
    if (isHeading(node) && status !== 'removed') section = inlineText(node)
    if (status === 'kept') continue
    const last = hunks.at(-1)
    if (last && blocks[at - 1] === last.blocks.at(-1) && goesOn(last, block)) {
      last.blocks.push(block)
      continue
    }
    const origin = status === 'moved' ? sectionOf(before, block.from ?? 0) : ''
    hunks.push({ id: `c${hunks.length + 1}`, status, what: whatIs(node), section, origin, blocks: [block], at })
  }
  for (const hunk of hunks) hunk.what = whatAre(hunk.blocks)
  return { blocks, hunks, isCoarse, changes: () => (isCoarse ? coarseChanges(blocks) : diff(before, after, known)) }
}

export const isHeading = ({ type, attrs }: Node) => type.name === 'line' && attrs['kind'] === 'heading'

/** What one block is called. */
export function whatIs({ type, attrs }: Node): What {
  if (type.name === 'line')
    return attrs['kind'] === 'heading' ? 'heading' : attrs['kind'] === 'paragraph' ? 'paragraph' : 'item'
  if (type.name === 'figure') return attrs['medium'] === 'image' ? 'picture' : 'file'
  return names[type.name] ?? 'blocks'
}

const names: Record<string, What> = {
  code_block: 'code',
  math: 'formula',
  rule: 'rule',
  embed: 'card',
  transclusion: 'passage',
  table: 'table',
  callout: 'note',
  details: 'fold',
}

/** What several are called: a heading with what follows is a section, different things are blocks. */
export function whatAre(blocks: readonly Pick<ComparedBlock, 'node'>[]): What {
  const [first, ...rest] = blocks.map(({ node }) => whatIs(node))
  if (first === undefined) return 'blocks'
  if (first === 'heading' && rest.length > 0) return 'section'
  return rest.every(what => what === first) ? first : 'blocks'
}

/** Neighbours that came or went together are one change, up to the next heading; moved ones if they moved as one. */
function goesOn({ status, blocks }: Hunk, next: ComparedBlock): boolean {
  // The rest of a block that was parted.
  if (next.parted) return status === 'changed'
  if (next.status !== status) return false
  if (status === 'inserted' || status === 'removed') return !isHeading(next.node)
  const last = blocks.at(-1)
  return status === 'moved' && last?.from !== undefined && next.from === last.from + 1
}

/** The heading under which a child of the document stands. */
function sectionOf(doc: Node, index: number): string {
  for (let at = index - 1; at >= 0; at--) if (isHeading(doc.child(at))) return inlineText(doc.child(at))
  return ''
}

function readable(block: ComparedBlock): ComparedBlock {
  if (block.status === 'kept') return block
  const segments = legible(block.segments)
  const children = block.children.map(readable)
  return { ...block, segments, children: rewritten(children) ?? children }
}

/** Of a cell that says something else, the words changed: a reader sees one line, not one that went and one that came. */
function rewritten([was, now, ...more]: readonly ComparedBlock[]): ComparedBlock[] | undefined {
  if (more.length > 0 || was?.status !== 'removed' || now?.status !== 'inserted') return undefined
  if (!isPlain(was.node) || !isPlain(now.node)) return undefined
  const words = (status: 'removed' | 'inserted', { children }: Node): Segment[] =>
    children.length > 0 ? [{ status, nodes: [...children], was: [], segments: [] }] : []
  const segments = [...words('removed', was.node), ...words('inserted', now.node)]
  return [{ ...now, status: 'changed', was: was.node, from: was.from, segments }]
}

const isPlain = (node: Node) => node.type.name === 'line' && node.sameMarkup(node.type.create())
