import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import { closing } from '../../shared/realtime/closing.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { bounds } from './limits.ts'

/**
 * A socket that ends for good where the library would end it for now: a client that comes back by itself would send the
 * same message again, for ever.
 */
export class LiveSocket extends WebSocket {
  /** What it runs on. */
  line: Duplex | undefined

  /**
   * Sends what was packed. It may pass nothing that was sent before: nothing is compressed here, so the library hands on at
   * once whatever it is given.
   */
  sendPacked(packed: Buffer) {
    if (!this.line) throw new Error('a socket has its line before anything is sent')
    if (this.readyState === WebSocket.OPEN) this.line.write(packed)
  }

  /** Hears with what code this side closes it, if it does. */
  onClosing: (code: number | undefined) => void = () => {}

  override close(code?: number, reason?: string | Buffer): void {
    if (this.readyState !== WebSocket.OPEN) return super.close(code, reason)
    if (code === tooBig) {
      this.send(frames.rejected({ reason: 'too-large' }))
      return this.close(closing.tooLarge, 'too-large')
    }
    if (code === brokenFrame || code === brokenText) return this.close(closing.rejected, 'malformed')
    this.onClosing(code)
    super.close(code, reason)
    // A peer that never does its part in closing is cut.
    setTimeout(() => this.terminate(), bounds.farewell).unref()
  }
}

const tooBig = 1009
const brokenFrame = 1002
const brokenText = 1007

/**
 * A message as it goes over the line: whole, binary, and the same for everybody, so that it is packed once for however
 * many. Several packed ones behind each other are sent in one go.
 */
export function pack(message: Uint8Array): Buffer {
  const { length } = message
  const head = length < 126 ? 2 : length < 0x10000 ? 4 : 10
  const packed = Buffer.allocUnsafe(head + length)
  packed[0] = 0x82
  packed[1] = head === 2 ? length : head === 4 ? 126 : 127
  if (head === 4) packed.writeUInt16BE(length, 2)
  if (head === 10) packed.writeBigUInt64BE(BigInt(length), 2)
  packed.set(message, head)
  return packed
}
