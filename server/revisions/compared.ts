import type { Node } from 'prosemirror-model'
import { type ComparedBlock, type Segment, whole as alone } from '../../shared/document/compared.ts'
import { type Hunk, told } from '../../shared/document/hunks.ts'
import { inlineText, toText, wordCount } from '../../shared/document/text.ts'
import type { ComparedJson, ComparisonJson, HunkJson } from '../../shared/revisions/compare.ts'
import type { Comparison, Revisions } from './service.ts'
import { wordsChanged } from './words.ts'

type Between = Awaited<ReturnType<Revisions['between']>>

/** A comparison for programs: the exact changes, the same for reading, and how much they come to. */
export function comparisonJson({ from, to, before, after }: Comparison, between: Between): ComparisonJson {
  const { hunks, isCoarse, changes: exactly } = told(before, after)
  const changes = exactly()
  const { added, removed } = isCoarse ? wordsIn(hunks) : wordsChanged(toText(before), toText(after))
  return {
    from,
    to,
    between: { revisions: between.revisions, authors: between.people, others: between.beyond },
    coarse: isCoarse,
    changes,
    hunks: hunks.map(hunkJson),
    summary: {
      blocks: changes.filter(change => change.kind !== 'keep').length,
      wordsAdded: added,
      wordsRemoved: removed,
    },
  }
}

function wordsIn(hunks: readonly Hunk[]): { added: number; removed: number } {
  const sum = { added: 0, removed: 0 }
  for (const { status, blocks } of hunks)
    for (const { node } of blocks) sum[status === 'inserted' ? 'added' : 'removed'] += wordCount(node)
  return sum
}

const hunkJson = ({ id, status, what, section, origin, blocks }: Hunk): HunkJson => ({
  id,
  status,
  what,
  section,
  origin,
  blocks: blocks.map(block => blockJson(block, [], [])),
})

/** `old` and `now` are the places of the parent. */
function blockJson(block: ComparedBlock, old: number[], now: number[]): ComparedJson {
  const from = block.from === undefined ? null : [...old, block.from]
  const to = block.to === undefined ? null : [...now, block.to]
  const was = from && (block.was ?? block.node)
  return {
    status: block.status,
    from,
    to,
    type: block.node.type.name,
    was: was && was.attrs,
    now: to && block.node.attrs,
    attributes: block.attributes,
    words: wordsOf(block),
    children: partsOf(block).map(child => blockJson(child, from ?? [], to ?? [])),
  }
}

function wordsOf({ status, segments, node }: ComparedBlock): ComparedJson['words'] {
  if (segments.length > 0) return segments.map(wordsJson)
  if (!node.inlineContent || node.childCount === 0) return []
  const whole = status === 'inserted' || status === 'removed' ? status : 'kept'
  return [wordsJson({ status: whole, nodes: [...node.children], was: [], segments: [] })]
}

/** What came or went whole has its parts in it, too, so that nobody needs the documents to draw it. */
function partsOf({ status, children, node }: ComparedBlock): ComparedBlock[] {
  if (children.length > 0 || node.inlineContent) return children
  const whole = status === 'inserted' || status === 'removed' ? status : 'kept'
  return node.children.map((child, at) => ({
    ...alone(whole, child),
    from: status === 'inserted' ? undefined : at,
    to: status === 'removed' ? undefined : at,
  }))
}

const wordsJson = ({ status, nodes, was, segments }: Segment): ComparedJson['words'][number] => ({
  status,
  text: nodes.map(textOf).join(''),
  nodes: nodes.map((node): unknown => node.toJSON()),
  was: was.map((mark): unknown => mark.toJSON()),
  words: segments.map(wordsJson),
})

const textOf = (node: Node): string =>
  node.isText ? (node.text ?? '') : node.isLeaf ? leafText(node) : inlineText(node)

const leafText = (node: Node) => inlineText(node.type.schema.node('line', null, [node]))
