import { unpacked } from './brotli.ts'

/** Bytes of unpacked segments kept in memory: whoever reads one revision often reads its neighbours. */
const memory = 8 * 1024 * 1024

/** Unpacks segments, and keeps the last few. A segment only ever grows at its end, so what is kept stays true. */
export function segments() {
  const open = new Map<number, Buffer>()
  let held = 0

  function remember(id: number, bytes: Buffer) {
    forget(id)
    if (bytes.length > memory / 2) return
    open.set(id, bytes)
    held += bytes.length
    for (const oldest of open.keys()) {
      if (held <= memory) return
      forget(oldest)
    }
  }

  function forget(id: number) {
    held -= open.get(id)?.length ?? 0
    open.delete(id)
  }

  return {
    /** `size` bytes come of `packed`. */
    async open(id: number, packed: Uint8Array, size: number): Promise<Buffer> {
      const found = open.get(id)
      const bytes = found?.length === size ? found : await unpacked(packed, size)
      remember(id, bytes)
      return bytes
    },
    forget,
  }
}
