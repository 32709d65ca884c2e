import type { Connection } from './connection.ts'
import type { Inbound } from './inbound.ts'

/** Where a connection is: in the room of a draft, or heard for an epoch that is over. */
export interface Place {
  readonly pageId: string
  receive(connection: Connection, said: Inbound): void
  /** Resolves once everything asked for so far is done. */
  rest(): Promise<void>
  leave(connection: Connection): void
  /** Says again what a connection may do, after that has changed. */
  rightsChanged(connection: Connection): void
}
