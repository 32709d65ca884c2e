/** Hashes are filed as bytes, which are half of their digits. */
export const bytesOf = (hash: string): Uint8Array => Buffer.from(hash, 'hex')
export const digitsOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The row with the digits of its hash. */
export const withHash = <Row extends { content_hash: Uint8Array | null }>(row: Row) => ({
  ...row,
  content_hash: row.content_hash && digitsOf(row.content_hash),
})
