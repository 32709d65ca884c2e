import * as Y from 'yjs'
import { closing } from '../../shared/realtime/closing.ts'
import { frames } from '../../shared/realtime/messages.ts'
import type { Database } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import type { Edit } from './edit.ts'
import { userOf } from './presence.ts'
import { transplant } from './transplant.ts'

export interface HearingParts {
  db: Database
  drafts: Drafts
  counts: Counts
  /** Tells the author, wherever they have the page open, that words of theirs are kept. */
  onRescued: (pageId: string, personId: string, passages: readonly string[]) => void
  onFault: (fault: unknown) => void
}

/** What the wiki says to somebody who comes for an epoch that is over, and what it does with what they bring. */
export function talkWith(connection: Connection, { db, drafts, counts, onRescued }: HearingParts) {
  const { pageId, epoch } = connection.entrance

  async function old() {
    const ended = await drafts.oldEpoch(db.read, pageId, epoch, connection.person?.id ?? '')
    if (ended.heard) Y.applyUpdate(ended.ydoc, ended.heard)
    return ended
  }

  return {
    /** First of all, so that what it has is here before it calls itself in sync or asks whether it is saved. */
    async ask() {
      const { ydoc, seq, isTaken } = await old()
      const { person, clientId, readonly, until } = connection.entrance
      connection.send(frames.step1(Y.encodeStateVector(ydoc)))
      connection.send(
        frames.hello({
          epoch,
          headSeq: seq,
          schemaVersion: drafts.schemaVersion,
          canWrite: connection.mayWrite,
          reason: readonly,
          until,
          user: person && userOf(person),
          clientIdOk: clientId === undefined || !isTaken(clientId),
        }),
      )
    },

    async tell(vector: Uint8Array) {
      connection.sync((await old()).ydoc, vector)
    },

    /**
     * Moves what it sent to where it belongs now. `shown` is the id under which it writes, where only its cursor says so.
     * Nobody who may not write is heard.
     */
    async hear(edits: readonly Edit[], shown: number | undefined): Promise<'heard' | 'gap' | 'unheard'> {
      const { person, clientId, clientIds, schema } = connection.entrance
      if (!person || !connection.mayWrite) return 'unheard'
      const claimed = { personId: person.id, clientId: clientId ?? shown, clientIds, schema }
      const began = performance.now()
      const moved = await db.write(tx => transplant(tx, drafts, { pageId, epoch }, claimed, edits))
      counts.hearingSeconds((performance.now() - began) / 1000)
      if (moved.kind === 'gap') return 'gap'
      for (const passage of moved.passages) connection.tell({ kind: 'rescued', passage })
      if (moved.passages.length > 0) onRescued(pageId, person.id, moved.passages)
      return 'heard'
    },

    acknowledge(tokens: readonly number[]) {
      for (const token of tokens) {
        counts.acknowledged()
        connection.send(frames.barrier(token))
      }
    },

    /** Where it goes from here: to the room as it is now, or to fetch a newer editor first. */
    async next(): Promise<Parameters<Connection['close']>> {
      const now = await drafts.standing(db.read, pageId)
      const { schema } = connection.entrance
      if (schema !== undefined && schema < drafts.schemaVersion) return [closing.outdated, 'reload']
      return [closing.otherEpoch, String(now?.epoch ?? 1)]
    },
  }
}
