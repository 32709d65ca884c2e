import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, brotliDecompress, brotliDecompressSync, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** Unpacked bytes up to which waiting for another thread takes longer than doing it at once. */
const small = 64 * 1024

/** For the moment of publishing: a quarter of the time of quality 5 for a tenth more bytes. */
export const packedAtOnce = (bytes: Buffer): Buffer => brotliCompressSync(bytes, settings(bytes, 3))

/** For good, on another thread. Quality 11 would take ten times as long for a twentieth less. */
export const packedWell = (bytes: Buffer): Promise<Buffer> => compress(bytes, settings(bytes, 8))

/** `size` is how many bytes come of it; more than a few are unpacked on another thread. */
export const unpacked = async (packed: Uint8Array, size: number): Promise<Buffer> =>
  size <= small ? brotliDecompressSync(packed) : decompress(packed)

const settings = (bytes: Buffer, quality: number) => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    [constants.BROTLI_PARAM_LGWIN]: bytes.length > 1 << 22 ? 24 : bytes.length > 1 << 16 ? 22 : 18,
  },
})
