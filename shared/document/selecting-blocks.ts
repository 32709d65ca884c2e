import type { Step } from './pairing.ts'

/**
 * The same steps, but for a block that went and one that came which are the same to this day, rewritten in its place: that
 * one changed, so that of several people's words in it each can be picked.
 */
export function rewrittenInPlace(steps: readonly Step[], isSame: (a: number, b: number) => boolean): Step[] {
  const found: Step[] = []
  for (let at = 0; at < steps.length;) {
    const gap = steps.slice(at, endOfGap(steps, at))
    const step = steps[at]
    if (gap.length === 0 && step) found.push(step)
    at += Math.max(1, gap.length)
    let come = gap.filter(step => step.kind === 'insert')
    for (const gone of gap) {
      if (gone.kind !== 'remove') continue
      const place = come.findIndex(({ b }) => isSame(gone.a, b))
      found.push(...come.slice(0, Math.max(0, place)))
      const same = come[place]
      found.push(same ? { kind: 'change', a: gone.a, b: same.b } : gone)
      come = come.slice(place + 1)
    }
    found.push(...come)
  }
  return found
}

function endOfGap(steps: readonly Step[], from: number): number {
  let end = from
  while (steps[end]?.kind === 'remove' || steps[end]?.kind === 'insert') end++
  return end
}
