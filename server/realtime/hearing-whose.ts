import type { OldEpoch } from '../drafts/index.ts'
import type { Rejected } from '../../shared/realtime/contract.ts'

/** Under which client ids somebody says they have written. */
export interface Claimed {
  personId: string
  /** The one they write under now, as the address or their first cursor says it. */
  clientId: number | undefined
  /** All that this device has written under, where it keeps count. */
  clientIds: readonly number[] | undefined
}

export interface Whose {
  /** The person's own client ids, and whether that is certain. */
  own: Map<number, boolean>
  /** Ids that may be theirs or somebody else's. */
  doubted: Set<number>
}

/** What a client brought cannot be taken. */
export class NotHeard extends Error {
  readonly rejection: Rejected
  constructor(rejection: Rejected) {
    super(rejection.reason)
    this.rejection = rejection
  }
}

/**
 * Tells which client ids among the `writers` are this person's own. The server knew every id that anybody else ever saw,
 * so one that it does not know can only be theirs, unless a restore has made it forget: then an id counts that they name,
 * and without any such all of them.
 */
export function whoseAre(
  old: OldEpoch,
  { personId, clientId, clientIds }: Claimed,
  writers: ReadonlySet<number>,
): Whose {
  const whose: Whose = { own: new Map(), doubted: new Set() }
  const unknown: number[] = []
  const isForgetful = (old.endedBy === 'restore' || old.endedBy === undefined) && !old.knowsOwners
  for (const writer of writers) {
    if (old.isTaken(writer)) {
      // After a restore everybody's tab holds words of others that the wiki has lost.
      if (old.endedBy !== 'restore') throw new NotHeard({ reason: 'client-id', details: [String(writer)] })
    } else if (!isForgetful || old.ownerOf(writer) === personId) whose.own.set(writer, true)
    else if (writer === clientId || clientIds?.includes(writer)) whose.own.set(writer, true)
    else unknown.push(writer)
  }
  if (clientIds) return whose
  if (whose.own.size > 0) whose.doubted = new Set(unknown)
  else for (const writer of unknown) whose.own.set(writer, false)
  return whose
}
