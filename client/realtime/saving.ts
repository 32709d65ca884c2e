/** Where a writer's words are. `at` is when the server confirmed the last of them, in milliseconds. */
export type Saving =
  | { kind: 'loading' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number | undefined }
  /** So many changes are on this device only, and it has stored them. */
  | { kind: 'offline'; count: number; trouble: Trouble | undefined }
  /** They are nowhere but on the screen. */
  | { kind: 'unsaved'; trouble: Trouble | undefined }
  | ({ kind: 'readonly' } & Shut)

/** Why the server does not take what it is sent, though it could be reached. */
export type Trouble = 'disk' | 'busy' | 'damaged'

/** Nothing is taken. `reason` is a sentence for people, `way` what they can do about it. */
export interface Shut {
  reason: string
  way: 'sign-in' | 'reload' | undefined
}

/** How far a draft is kept on the device: up to an edit, as the tally counts them. */
export interface Kept {
  /** `failed` where the device takes nothing more, or there is none. */
  kind: 'keeping' | 'kept' | 'failed'
  upTo: number
  at: number | undefined
}

/** How many changes there are, and how many of them have come how far. */
export interface Ledger {
  changes: number
  device: { kind: Kept['kind']; count: number; at: number | undefined }
  server: { count: number; at: number | undefined }
  /** What the server has not confirmed is stored on the device. */
  isKept: boolean
}

/** How many edits and changes there have been. */
export interface Counts {
  readonly edits: number
  readonly changes: number
  after(edit: number): number
}

/** What the state is told from. */
export interface Standing {
  counts: Counts
  kept: Kept
  isConnected: boolean
  /** In sync since the connection is open. */
  isSynced: boolean
  /** Has been in sync at all. */
  hasOpened: boolean
  /** The first attempt has failed. */
  hasFailed: boolean
  /** The edit up to which the server has everything, and when it said so. */
  confirmed: number
  confirmedAt: number | undefined
  trouble: Trouble | undefined
  shut: Shut | undefined
  /** What the server refused is kept beside the draft. */
  isSetAside: boolean
}

/** How it stands before anything has come. */
export const atFirst = (counts: Counts, kept: Kept): Standing => ({
  counts,
  kept,
  isConnected: false,
  isSynced: false,
  hasOpened: false,
  hasFailed: false,
  confirmed: 0,
  confirmedAt: undefined,
  trouble: undefined,
  shut: undefined,
  isSetAside: false,
})

/**
 * Tells the truth about where the words are: "saved" means that the server has answered for the last keystroke, which it
 * does after its commit; "on this device" that the browser has stored them; otherwise they are on their way, or lost if
 * the window closes.
 */
export function savingOf(now: Standing): Saving {
  const { counts, kept, confirmed, trouble, shut } = now
  if (shut) return { kind: 'readonly', ...shut }
  const count = counts.after(confirmed)
  if (!now.hasOpened && !(now.hasFailed && !now.isConnected)) return { kind: 'loading' }
  const isAway = !now.isConnected || (trouble !== undefined && count > 0)
  if (!isAway) return count > 0 || !now.isSynced ? { kind: 'saving' } : { kind: 'saved', at: now.confirmedAt }
  if (count > 0 && kept.upTo < counts.edits)
    return kept.kind === 'failed' ? { kind: 'unsaved', trouble } : { kind: 'saving' }
  return { kind: 'offline', count, trouble }
}

export function ledgerOf({ counts, kept, confirmed, confirmedAt, isSetAside }: Standing): Ledger {
  const { changes, edits } = counts
  return {
    changes,
    device: { kind: kept.kind, count: changes - counts.after(kept.upTo), at: kept.at },
    server: { count: changes - counts.after(confirmed), at: confirmedAt },
    isKept: isSetAside || kept.upTo >= edits || counts.after(confirmed) === 0,
  }
}
