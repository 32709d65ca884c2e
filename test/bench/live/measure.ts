import { setTimeout as wait } from 'node:timers/promises'
import type { Order, Outcome } from './load.ts'
import type { crowd, Server } from './processes.ts'

/** One server at its work in one round. */
export interface Measure extends Outcome {
  /** Seconds of processor for 1,000 edits that reached a colleague. */
  cost: number
  /** MB by which its memory grew. */
  growth: number
}

export async function measure(server: Server, order: Order, load: ReturnType<typeof crowd>): Promise<Measure> {
  const used: { cpu: number; memory: number }[] = []
  const outcome = await load.work(order, async () => used.push(await server.used()))
  // It still tidies up behind those who have left.
  await wait(500)
  const [before, after] = used
  if (!before || !after) throw new Error('nothing was measured')
  const cost = ((after.cpu - before.cpu) / outcome.delivered) * 1000
  return { ...outcome, cost, growth: after.memory - before.memory }
}
