import * as Y from 'yjs'

/** What is known of a Yjs client id under which this device has written. */
export interface Written {
  /** How far the server has confirmed what was written under it, in Yjs's clock. */
  confirmed: number
  /** How far it has been written. */
  upTo: number
  /** Changes in between. */
  unsent: number
  /** When it was written last. */
  at: number
}

/** An address is no place for more of them than this. */
const namedAtMost = 300

/** The client ids under which a person has written here, in this visit and earlier ones, and how much of it is saved. */
export class Own {
  readonly #ydoc: Y.Doc
  readonly #written = new Map<number, Written>()

  constructor(ydoc: Y.Doc) {
    this.#ydoc = ydoc
  }

  /** Takes in what earlier visits, or other tabs, have written. Promises how many of their changes are not confirmed. */
  remember(written: ReadonlyMap<number, Written>): number {
    let unsent = 0
    for (const [client, known] of written) {
      this.#written.set(client, { ...known })
      unsent += known.unsent
    }
    return unsent
  }

  /** Notes that something was written under the document's own id. */
  writes(unsent: number) {
    const { clientID } = this.#ydoc
    this.#written.set(clientID, {
      confirmed: this.#written.get(clientID)?.confirmed ?? 0,
      upTo: this.#reached(clientID),
      unsent,
      at: Date.now(),
    })
  }

  /** How far everything has come, to be given back to `confirm` once the server has it. */
  reached(): ReadonlyMap<number, number> {
    return new Map([...this.#written.keys()].map(client => [client, this.#reached(client)]))
  }

  confirm(reached: ReadonlyMap<number, number>, unsent: number) {
    for (const [client, clock] of reached) {
      const known = this.#written.get(client)
      if (!known) continue
      known.confirmed = Math.max(known.confirmed, clock)
      known.unsent = client === this.#ydoc.clientID ? unsent : 0
    }
  }

  /** The ids, the latest first, for a server that may have forgotten whose they are. */
  get clients(): number[] {
    const latest = [...this.#written].sort(([, one], [, other]) => other.at - one.at)
    return latest.slice(0, namedAtMost).map(([client]) => client)
  }

  get written(): ReadonlyMap<number, Written> {
    return this.#written
  }

  /** Whether the server has not said that it has this. */
  isUnconfirmed(client: number, clock: number): boolean {
    const known = this.#written.get(client)
    return known !== undefined && clock >= known.confirmed
  }

  /** Whether the server has confirmed everything that a client id is known to have written. */
  covers(client: number, { upTo, unsent }: Written): boolean {
    return unsent === 0 || (this.#written.get(client)?.confirmed ?? 0) >= upTo
  }

  #reached(client: number): number {
    return Y.getState(this.#ydoc.store, client)
  }
}
