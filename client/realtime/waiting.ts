import { closing } from '../../shared/realtime/closing.ts'

const second = 1000
const longest = 10 * second

/**
 * How long to wait before trying again, by how often it has failed. Everyone waits differently every time, or a server
 * that starts again would meet all of its writers at once.
 */
export function pauseBefore(attempt: number, code: number, random = Math.random()): number {
  const between = (least: number, most: number) => Math.round(least + (most - least) * random)
  if (code === closing.overloaded) return between(10 * second, 30 * second)
  const most = Math.min(longest, 2 * second * 2 ** Math.min(attempt, 10))
  return between(most / 4, most)
}

/** A device that wakes comes back soon, but not in step with all the others that the same train has woken. */
export const pauseAfterWaking = (random = Math.random()): number => Math.round(random * second)
