import type { Node } from 'prosemirror-model'
import { weight } from './fingerprint.ts'
import type { Step } from './pairing.ts'

/** The old child that a step tells of, and the new one, unless it moved. */
export const oldOf = (step: Step) => (step.kind === 'remove' || isPair(step) ? [step.a] : [])
export const nowOf = (step: Step) => (step.kind === 'insert' || isPair(step) ? [step.b] : [])
export const isPair = (step: Step): step is Pair => step.kind === 'change' || step.kind === 'keep'
type Pair = Extract<Step, { a: number; b: number }>

/** A kept block shorter than this may stand between words that belong together: the end of a box, an empty line. */
const light = 12

/** The steps cut at what was kept; between changes a few light blocks that were kept do not count. */
export function stretchesOf(a: Node, steps: readonly Step[]): Step[][] {
  const found: Step[][] = []
  let stretch: Step[] = []
  let kept: Step[] = []
  const close = () => {
    if (stretch.length > 0) found.push(stretch)
    for (const step of kept) found.push([step])
    stretch = []
    kept = []
  }
  for (const step of steps) {
    if (step.kind !== 'keep') {
      stretch.push(...kept, step)
      kept = []
    } else {
      kept.push(step)
      if (stretch.length === 0 || kept.length > 2 || weight(a.child(step.a)) > light) close()
    }
  }
  close()
  return found
}

/** The same stretch in parts that hold no pair, and the pairs. */
export function cutAtPairs(stretch: readonly Step[]): Step[][] {
  const parts: Step[][] = [[]]
  for (const step of stretch) {
    if (isPair(step)) parts.push([step], [])
    else parts.at(-1)?.push(step)
  }
  return parts.filter(part => part.length > 0)
}
