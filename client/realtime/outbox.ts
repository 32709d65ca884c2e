import type * as Y from 'yjs'
import { frames } from '../../shared/realtime/messages.ts'
import { Asking } from './asking.ts'
import type { Line } from './line.ts'
import { nameClients } from './naming.ts'
import { Own, type Written } from './own.ts'
import { Tally } from './tally.ts'
import { type Unheard, unheardOf } from './unheard.ts'

export interface OutboxParts {
  ydoc: Y.Doc
  fragment: Y.XmlFragment
  line: Line
  /** Whether there is somebody to ask. */
  mayAsk: () => boolean
  /** The server has everything up to this edit. */
  onConfirmed: (edit: number) => void
}

/** One's own words on their way to the server: counted, kept as they were written, and asked about until it has them. */
export class Outbox {
  readonly tally: Tally
  readonly own: Own
  readonly asking: Asking
  readonly #line: Line
  readonly #unheard: Unheard

  constructor({ ydoc, fragment, line, mayAsk, onConfirmed }: OutboxParts) {
    this.tally = new Tally(fragment)
    this.own = new Own(ydoc)
    this.#line = line
    this.#unheard = unheardOf(line.provider, () => this.tally.edits)
    this.asking = new Asking({
      ask: token => line.ask(frames.barrier(token)),
      mayAsk,
      reached: () => ({ edits: this.tally.edits, reached: this.own.reached() }),
      onConfirmed: ({ edits, reached }) => {
        this.own.confirm(reached, this.tally.after(edits))
        this.#unheard.settle(edits)
        onConfirmed(edits)
      },
    })
  }

  /** Takes in what earlier visits have left. */
  find(written: ReadonlyMap<number, Written>) {
    this.tally.find(this.own.remember(written))
    nameClients(this.#line.provider, this.own)
  }

  add(update: Uint8Array, transaction: Y.Transaction) {
    this.tally.add(transaction)
    this.#unheard.add(this.tally.edits, update)
  }

  /** The line is gone. */
  lost() {
    this.asking.lost()
    nameClients(this.#line.provider, this.own)
  }
}
