import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A port that stays while the server behind it comes and goes, and lets nobody through while it is shut. */
export class Gate {
  readonly port: number
  readonly #door: Server
  readonly #lines = new Set<Socket>()
  #behind: number | undefined

  static async open(): Promise<Gate> {
    const door = createServer()
    door.listen(0, '127.0.0.1')
    await once(door, 'listening')
    return new Gate(door)
  }

  private constructor(door: Server) {
    this.#door = door
    this.port = (door.address() as AddressInfo).port
    door.on('connection', line => this.#pass(line))
  }

  leadTo(port: number) {
    this.#behind = port
  }

  /** Nobody new comes in; those inside end when the server does, having heard all that it said. */
  shut() {
    this.#behind = undefined
  }

  async close() {
    for (const line of this.#lines) line.destroy()
    this.#door.close()
    await once(this.#door, 'close')
  }

  #pass(line: Socket) {
    line.on('error', () => {})
    if (this.#behind === undefined) return line.destroy()
    this.#lines.add(line)
    const inner = connect(this.#behind, '127.0.0.1')
    inner.setNoDelay(true)
    line.setNoDelay(true)
    line.pipe(inner).pipe(line)
    inner.on('error', () => {})
    inner.on('close', () => line.end())
    line.on('close', () => {
      this.#lines.delete(line)
      inner.destroy()
    })
  }
}
