import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { faultsOf } from '../../../shared/document/faults.ts'
import { fragmentOf } from '../../../shared/document/live.ts'
import type { Reader } from '../../db/index.ts'
import type { Finding } from './report.ts'
import * as store from './store.ts'

const piece = 500

export interface Draft {
  pageId: string
  epoch: number
  /** The row that the page says is the newest; undefined for an epoch that is over. */
  headSeq: number | undefined
  /** Its documents are of the newest schema; of an older one it is brought up to date when it is next opened. */
  isUpToDate: boolean
}

/**
 * Reads a draft twice, from the first row of its log and from its checkpoint, and holds both to each other and to the
 * schema.
 */
export async function checkDraft(db: Reader, draft: Draft, note: (finding: Omit<Finding, 'page'>) => void) {
  const { pageId, epoch, headSeq, isUpToDate } = draft
  const tell = (kind: Finding['kind'], message: string) => note({ kind, epoch, message })
  const clients = await store.clientsOf(db, pageId, epoch)
  const owners = new Map(clients.map(row => [row.client_id, row.person_id]))
  for (const { client_id: client, person_id: person, known_id: known } of clients)
    if (person !== known) tell('client', `its client id ${client} belongs to a person who does not exist (${person})`)
  const checkpoints = new Map<number, Y.Doc>()
  for (const { seq, state } of await store.checkpointsOf(db, pageId, epoch)) {
    const kept = read(() => gunzipSync(state), Y.applyUpdateV2)
    if ('fault' in kept) tell('checkpoint', `its checkpoint at row ${seq} cannot be read (${kept.fault})`)
    else checkpoints.set(seq, kept.ydoc)
  }

  const log = new Y.Doc()
  let isWhole = true
  let end = 0
  for (;;) {
    const rows = await store.rowsAfter(db, pageId, epoch, end, piece)
    if (rows.length === 0) break
    for (const { seq, client_id: client, person_id: person, payload } of rows) {
      if (seq !== end + 1) {
        tell('log', `its log lacks ${seq === end + 2 ? `row ${end + 1}` : `rows ${end + 1} to ${seq - 1}`}`)
        isWhole = false
      }
      end = seq
      if (client !== null && owners.has(client) && owners.get(client) !== person)
        tell('client', `row ${seq} of its log is by somebody else than the owner of its client id ${client}`)
      const fault = applied(log, payload, Y.applyUpdate)
      if (fault !== undefined) {
        tell('log', `row ${seq} of its log cannot be read (${fault})`)
        isWhole = false
      }
      const kept = checkpoints.get(seq)
      if (kept && isWhole && !isSame(log, kept))
        tell('checkpoint', `its checkpoint at row ${seq} says something else than its log`)
    }
  }
  if (end === 0) return tell('log', 'its log is empty')
  for (const seq of checkpoints.keys())
    if (seq > end) tell('checkpoint', `its checkpoint is of row ${seq}, the log ends at ${end}`)
  if (headSeq !== undefined && headSeq !== end) {
    tell(
      'log',
      headSeq > end ? `its log ends at row ${end} of ${headSeq}` : `its log goes on behind row ${headSeq}, to ${end}`,
    )
    isWhole = isWhole && headSeq < end
  }
  if (isWhole) checkContent(log, { owners, isUpToDate }, tell)
}

function checkContent(
  ydoc: Y.Doc,
  { owners, isUpToDate }: { owners: ReadonlyMap<number, unknown>; isUpToDate: boolean },
  tell: (kind: Finding['kind'], message: string) => void,
) {
  if (ydoc.store.pendingStructs || ydoc.store.pendingDs)
    return tell('log', 'its log refers to something that is not in it')
  if (isUpToDate)
    for (const message of new Set(faultsOf(fragmentOf(ydoc)).map(fault => fault.message)))
      tell('draft', `it is no document: ${message}`)
  const nobodys = [...ydoc.store.clients.keys()].filter(client => !owners.has(client))
  if (nobodys.length > 0)
    tell(
      'client',
      `nobody owns the words of ${nobodys.length === 1 ? 'a client id' : `${nobodys.length} client ids`} (${nobodys.slice(0, 3).join(', ')})`,
    )
}

type Apply = (ydoc: Y.Doc, update: Uint8Array) => void

function read(unpack: () => Uint8Array, apply: Apply): { ydoc: Y.Doc } | { fault: string } {
  try {
    const ydoc = new Y.Doc()
    const fault = applied(ydoc, unpack(), apply)
    return fault === undefined ? { ydoc } : { fault }
  } catch (error) {
    return { fault: wordsOf(error) }
  }
}

function applied(ydoc: Y.Doc, update: Uint8Array, apply: Apply): string | undefined {
  try {
    apply(ydoc, update)
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const isSame = (one: Y.Doc, other: Y.Doc) =>
  Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other)) && fragmentOf(one).toJSON() === fragmentOf(other).toJSON()
