import { putAside } from './aside.ts'
import type { Device } from './device.ts'
import { Listeners } from './listeners.ts'
import type { Own } from './own.ts'
import type { State } from './state.ts'

export interface PartingParts {
  personId: string
  room: string
  device: Device
  own: Own
  state: State
}

/** What becomes of the words on the device when their room takes nothing more. */
export class Parting {
  /** Heard also after the draft has been left: it takes a moment to keep things. */
  readonly aside = new Listeners<[]>()
  readonly moved = new Listeners<[isDelivered: boolean]>()
  readonly #parts: PartingParts

  constructor(parts: PartingParts) {
    this.#parts = parts
  }

  /** Keeps what was refused beside the draft, to be copied by its author. */
  async setAside() {
    const { personId, room, device, own, state } = this.#parts
    const update = await device.everything()
    const isSetAside = await putAside(personId, { room, at: Date.now(), update, written: [...own.written] })
    if (!isSetAside) return
    state.change({ isSetAside })
    await device.forget()
    this.aside.tell()
  }

  /** The draft goes on in another room: what is there already is forgotten here, the rest is kept. */
  async move(isDelivered: boolean) {
    const { device, own } = this.#parts
    if (isDelivered) await device.forget(own)
    else device.end()
    this.moved.tell(isDelivered)
  }
}
