import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A rendered document, with its compressed forms once somebody has asked for them. */
export interface Kept {
  etag: string
  bytes: Buffer
  br?: Buffer | Promise<Buffer>
  gzip?: Buffer | Promise<Buffer>
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/**
 * Documents that are the same for every reader, kept by a key that names all they depend on, so that none ever grows
 * stale; the least used go when they come to more than `most` bytes.
 */
export function keptDocuments(most = 64 * 1024 * 1024) {
  const kept = new Map<string, Kept>()
  let size = 0
  return {
    get(key: string): Kept | undefined {
      const found = kept.get(key)
      if (!found) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found
    },
    keep(key: string, text: string): Kept {
      const bytes = Buffer.from(text)
      const made: Kept = { etag: etagOf(bytes), bytes }
      const before = kept.get(key)
      if (before) size -= cost(before)
      kept.delete(key)
      kept.set(key, made)
      size += cost(made)
      for (const [oldest, one] of kept) {
        if (size <= most || one === made) break
        kept.delete(oldest)
        size -= cost(one)
      }
      return made
    },
  }
}

export type KeptDocuments = ReturnType<typeof keptDocuments>

/** A tag that changes with the bytes. */
export const etagOf = (bytes: Buffer | string): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22)

// The compressed forms come to less than the document itself.
const cost = ({ bytes }: Kept) => 2 * bytes.length + 200

/** Sends a kept document: 304 where the reader has it, else in the smallest form the reader takes. */
export function sendKept(request: FastifyRequest, reply: FastifyReply, kept: Kept): FastifyReply {
  const form = formFor(request.headers['accept-encoding'])
  const etag = form === 'identity' ? `"${kept.etag}"` : `"${kept.etag}-${form}"`
  reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept-encoding, cookie, accept-language' })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  reply.header('content-type', 'text/html; charset=utf-8')
  if (form === 'identity') return reply.send(kept.bytes)
  reply.header('content-encoding', form)
  const bytes = (kept[form] ??= compressed(kept, form))
  if (Buffer.isBuffer(bytes)) return reply.send(bytes)
  bytes.then(
    ready => reply.send(ready),
    (error: unknown) => reply.send(error),
  )
  return reply
}

/** Once it is done it stands in the document itself, so that nobody waits for a promise any more. */
async function compressed(kept: Kept, form: 'br' | 'gzip'): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: kept.bytes.length }
  const bytes = form === 'br' ? await brotli(kept.bytes, { params }) : await zip(kept.bytes, { level: 9 })
  kept[form] = bytes
  return bytes
}

function formFor(accepted: string | undefined): 'br' | 'gzip' | 'identity' {
  if (!accepted) return 'identity'
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : 'identity'
}

/** Whether If-None-Match names this tag. */
export function isKnown(known: string | undefined, tag: string): boolean {
  return known !== undefined && (known === tag || known.split(',').some(one => bare(one) === tag || bare(one) === '*'))
}

const bare = (tag: string) => tag.trim().replace(/^W\//, '')
