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
  /** What it runs on, where frames may be gathered. */
  line: Duplex | undefined

  /** Hands whatever is sent meanwhile to the system in one go. */
  together(send: () => void) {
    this.line?.cork()
    try {
      send()
    } finally {
      this.line?.uncork()
    }
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
