import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A rendered document, with its compressed forms once somebody has asked for them. */
export interface Kept {
  etag: string
  bytes: Buffer
  br?: Promise<Buffer>
  gzip?: Promise<Buffer>
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
export async function sendKept(request: FastifyRequest, reply: FastifyReply, kept: Kept) {
  const form = formFor(request.headers['accept-encoding'])
  const tag = form === 'identity' ? `"${kept.etag}"` : `"${kept.etag}-${form}"`
  reply
    .header('etag', tag)
    .header('cache-control', 'no-cache')
    .header('vary', 'accept-encoding, cookie, accept-language')
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send()
  reply.type('text/html; charset=utf-8')
  if (form === 'identity') return reply.send(kept.bytes)
  reply.header('content-encoding', form)
  return reply.send(await compressed(kept, form))
}

function compressed(kept: Kept, form: 'br' | 'gzip'): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: kept.bytes.length }
  if (form === 'br') return (kept.br ??= brotli(kept.bytes, { params }))
  return (kept.gzip ??= zip(kept.bytes, { level: 9 }))
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
