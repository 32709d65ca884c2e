import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Bytes from which packing is worth its time: what people type is far shorter, what is imported is longer. */
const large = 4 * 1024

export interface Packed {
  payload: Uint8Array
  packed: 0 | 1
}

/** An update as a row of the log keeps it. */
export function packedPayload(update: Uint8Array): Packed {
  if (update.length < large) return { payload: update, packed: 0 }
  const payload = brotliCompressSync(update, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: update.length },
  })
  return payload.length < update.length ? { payload, packed: 1 } : { payload: update, packed: 0 }
}

/** A row of the log with the Yjs V1 update that it keeps; an empty one, which no update is, where it cannot be unpacked. */
export function unpackedRow<Row extends Packed>({ packed, ...row }: Row): Omit<Row, 'packed'> {
  return packed === 1 ? { ...row, payload: unpacked(row.payload) } : row
}

function unpacked(payload: Uint8Array): Uint8Array {
  try {
    return brotliDecompressSync(payload)
  } catch {
    return new Uint8Array()
  }
}
