import { setTimeout as after } from 'node:timers/promises'
import { closing } from '../../shared/realtime/closing.ts'
import type { Guest } from './guests.ts'

/** So many come back at one moment without anybody feeling it. */
const few = 20
/** How often some are sent away, and how long each beyond the few takes, in milliseconds. */
const step = 100
const each = 20

/**
 * Sends everybody away before a restart, in an order left to chance and spread over time, so that they do not all come back
 * at one moment. What each has sent is on disk before; those who are still here go on writing meanwhile.
 */
export async function seeOff(inside: ReadonlySet<Guest>, longest: number) {
  const steps = Math.floor(Math.min(longest, Math.max(0, inside.size - few) * each) / step)
  for (let left = steps; left > 0 && inside.size > 0; left--) {
    await dismiss(some(inside, Math.ceil(inside.size / (left + 1))))
    await after(step)
  }
  await dismiss([...inside])
}

async function dismiss(guests: readonly Guest[]) {
  await Promise.all([...new Set(guests.map(({ room }) => room))].map(room => room.rest()))
  for (const { connection } of guests) connection.close(closing.restart, 'restart')
}

function some(inside: ReadonlySet<Guest>, count: number): Guest[] {
  const drawn = [...inside].map(guest => ({ guest, lot: Math.random() }))
  return drawn
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, count)
    .map(({ guest }) => guest)
}
