/**
 * Words that came and went, set for reading: a difference that is as small as can be is confetti where a sentence was
 * rewritten. A short stretch that stayed between two larger changes is told as gone and come again (the semantic clean-up
 * of Neil Fraser's “diff match patch”, by words), and what went stands before what came in its place. Both texts can
 * still be read off the result.
 */
import type { Node } from 'prosemirror-model'
import type { Segment } from './comparison.ts'

export function legible(segments: readonly Segment[]): Segment[] {
  let runs = runsOf(segments)
  // One stretch that is given up makes its neighbours one larger change, which may outweigh the next.
  for (let before = -1; before !== runs.length;) {
    before = runs.length
    runs = joinedRuns(runs)
  }
  return runs.flatMap(run => ('kept' in run ? [run.kept] : [...one('removed', run.gone), ...one('inserted', run.come)]))
}

type Run = { kept: Segment; letters: number } | { gone: Node[]; come: Node[]; letters: number }

function runsOf(segments: readonly Segment[]): Run[] {
  const runs: Run[] = []
  for (const segment of segments) {
    const { status, nodes } = segment
    if (status !== 'inserted' && status !== 'removed') {
      runs.push({ kept: segment, letters: lettersIn(nodes) })
      continue
    }
    const last = runs.at(-1)
    if (last && !('kept' in last)) {
      last[status === 'inserted' ? 'come' : 'gone'].push(...nodes)
      last.letters = weigh(last)
    } else {
      const [gone, come] = status === 'removed' ? [[...nodes], []] : [[], [...nodes]]
      runs.push({ gone, come, letters: lettersIn(nodes) })
    }
  }
  return runs
}

function joinedRuns(runs: readonly Run[]): Run[] {
  const found: Run[] = []
  for (let at = 0; at < runs.length; at++) {
    const [run, next] = [runs[at], runs[at + 1]]
    const last = found.at(-1)
    if (!run) break
    if (last && next && 'kept' in run && !('kept' in last) && !('kept' in next) && isCrumb(run, last, next)) {
      const { nodes } = run.kept
      last.gone.push(...nodes, ...next.gone)
      last.come.push(...nodes, ...next.come)
      last.letters = weigh(last)
      at++
    } else found.push('kept' in run ? run : { ...run, gone: [...run.gone], come: [...run.come] })
  }
  return found
}

/** A longer stretch is worth keeping whatever stands around it. */
const longest = 24

function isCrumb({ kept, letters }: Extract<Run, { kept: Segment }>, before: Run, after: Run): boolean {
  if (kept.status !== 'kept' || kept.nodes.some(node => !node.isText)) return false
  if ('kept' in before || 'kept' in after) return false
  const replaced = [before, after].filter(run => run.gone.length > 0 && run.come.length > 0).length
  const text = kept.nodes.map(node => node.text ?? '').join('')
  if (letters === 0) return replaced > 0 && text.trim() === ''
  // Only where something gave way to something else: two words that were added stay two.
  return replaced === 2 && letters <= longest && 2 * letters <= Math.min(before.letters, after.letters)
}

const weigh = ({ gone, come }: { gone: Node[]; come: Node[] }) => Math.max(lettersIn(gone), lettersIn(come))

const lettersIn = (nodes: readonly Node[]) =>
  nodes.reduce((sum, node) => sum + (node.isText ? ((node.text ?? '').match(/[\p{L}\p{N}]/gu)?.length ?? 0) : 3), 0)

const one = (status: 'inserted' | 'removed', nodes: Node[]): Segment[] =>
  nodes.length > 0 ? [{ status, nodes, was: [], segments: [] }] : []
