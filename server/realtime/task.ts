import type { Closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import type { Connection } from './connection.ts'
import type { Edit } from './edit.ts'
import type { Said } from './hearing.ts'

/** What a room does one after the other; what was asked for first is answered first. */
export type Task =
  | { kind: 'join'; connection: Connection }
  | { kind: 'step1'; connection: Connection }
  | { kind: 'edit'; connection: Connection; edit: Edit }
  | { kind: 'barrier'; connection: Connection; token: number }
  | { kind: 'left'; connection: Connection; clientIds: number[] }
  /** The draft was changed by somebody else than those in the room; what is worth telling of it. */
  | { kind: 'elsewhere'; event: DraftEvent | undefined }
  | { kind: 'close'; code: Closing; reason: string }
  | { kind: 'over'; epoch: number }
  | { kind: 'rest'; rested: () => void }

/** What was said in tasks that are not done yet, to be heard for another epoch. */
export function saidIn(tasks: readonly Task[]): Map<Connection, Said[]> {
  const said = new Map<Connection, Said[]>()
  for (const task of tasks) {
    const what = saying(task)
    if (!what || !('connection' in task)) continue
    const all = said.get(task.connection)
    if (all) all.push(what)
    else said.set(task.connection, [what])
  }
  return said
}

function saying(task: Task): Said | undefined {
  if (task.kind === 'edit') return { kind: 'edit', edit: task.edit }
  if (task.kind === 'barrier') return { kind: 'barrier', token: task.token }
  return task.kind === 'step1' && task.connection.asked ? { kind: 'step1', vector: task.connection.asked } : undefined
}
