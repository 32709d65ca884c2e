import type { Node } from 'prosemirror-model'
import { merge } from './merge.ts'
import { mergeOver } from './merge-over.ts'
import { type Piece, sameStart, sameWords } from './pieces.ts'
import { schema } from './schema.ts'

/**
 * A word that all three have: its formatting, and the block that begins at it. What kind of block that is stays as ours
 * has it where both changed it; only inside a block that stands as a whole, as a table does, can they clash.
 */
export function mergePiece(
  base: Piece,
  ours: Piece,
  theirs: Piece,
): { clash: false; piece: Piece } | { clash: true; theirs: Piece } {
  if (base === theirs || ours === theirs) return { clash: false, piece: ours }
  const nodes = sameWords(base, ours) ? theirs.nodes : ours.nodes
  const mine = { clash: false, piece: { ...ours, nodes } } as const
  if (sameStart(base, theirs) || sameStart(ours, theirs)) return mine
  if (sameStart(base, ours)) return { clash: false, piece: { ...theirs, nodes } }
  if (!base.block || !ours.block || !theirs.block) return mine
  const [was, own, other] = [alone(base.block), alone(ours.block), alone(theirs.block)]
  const { conflicts, document } = merge(was, own, other)
  const [block, ...more] = document.children
  if (!block || more.length > 0) return mine
  if (conflicts.length === 0 || base.block.inlineContent) return { clash: false, piece: { ...ours, nodes, block } }
  const over = mergeOver(was, own, other, conflicts)
  return { clash: true, theirs: { ...theirs, nodes, block: over.firstChild ?? theirs.block } }
}

const alone = (block: Node) => schema.node('doc', null, [block])
