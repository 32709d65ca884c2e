import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createBrotliDecompress } from 'node:zlib'
import { LineScanner, type Piece } from './scanner.ts'

/** Reads a file of histories piece by piece; one whose name ends in `.br` is unpacked. Memory holds one revision. */
export async function* piecesOf(path: string): AsyncGenerator<Piece> {
  const scanner = new LineScanner()
  const file = createReadStream(path)
  const bytes = path.endsWith('.br') ? pipeline(file, createBrotliDecompress(), () => {}) : file
  try {
    for await (const chunk of bytes) yield* scanner.take(chunk as Uint8Array)
  } catch (error) {
    if (!isDamage(error)) throw error
    yield* scanner.end('the file is damaged or ends too early')
    return
  } finally {
    file.destroy()
  }
  yield* scanner.end()
}

/** A file that is missing or cannot be read is another matter. */
const isDamage = (error: unknown) =>
  error instanceof Error && 'code' in error && /^(ERR_|Z_)/.test(String(error.code)) && !('syscall' in error)
