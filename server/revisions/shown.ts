import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** What is kept of a head to be shown: each part says nearly the same, so together they take little more than one. */
export interface Shown {
  html: string
  /** JSON. */
  outline: string
  /** Plain text. */
  text: string
}

export function packedShown({ html, outline, text }: Shown): Buffer {
  const bytes = Buffer.from(JSON.stringify([html, outline, text]))
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_LGWIN]: 20,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
}

export function shownOf(packed: Uint8Array): Shown {
  const parts: unknown = JSON.parse(brotliDecompressSync(packed).toString())
  const [html, outline, text] = Array.isArray(parts) ? parts.map(String) : []
  return { html: html ?? '', outline: outline ?? '[]', text: text ?? '' }
}
