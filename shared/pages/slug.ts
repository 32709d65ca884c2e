import { slugLimit } from './contract.ts'
import { foldKey } from './line.ts'

/** Words that are a page's other faces, or may become addresses below `/wiki/`. */
const reserved = new Set(['edit', 'history', 'compare', 'discuss', 'authors', 'new', 'index', 'undefined', 'null'])

export const isReserved = (slug: string): boolean => reserved.has(slugKey(slug))

/**
 * The part of an address that a title or a wished slug makes, '' if nothing of it can be used. It keeps its script and
 * case; blanks and signs become hyphens, invisible characters go, and a long one ends at a whole character.
 */
export function cleanSlug(wish: string): string {
  const words = wish
    .toWellFormed()
    .normalize('NFC')
    .replace(/['’ʼ\p{Cf}]/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}_.]+/gu, '-')
    .replace(/^[-.\p{M}]+|[-.]+$/gu, '')
    .replace(/\.{2,}/g, '.')
  return shortened(words).replace(/[-.]+$/u, '')
}

/** Two slugs with the same key are one address. */
export const slugKey = (slug: string): string => foldKey(slug)

/** `slug` with an ending such as `-2`, still within the limit. */
export const withEnding = (slug: string, ending: string): string => shortened(slug, byteLength(ending)) + ending

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const encoder = new TextEncoder()
const byteLength = (text: string) => encoder.encode(text).length

function shortened(slug: string, spare = 0): string {
  const most = slugLimit.bytes - spare
  if (slug.length <= slugLimit.characters && byteLength(slug) <= most) return slug
  let kept = ''
  let bytes = 0
  let characters = 0
  // The segmenter takes long on long texts; no more than the limit in bytes can be kept anyway.
  for (const { segment } of graphemes.segment(slug.slice(0, slugLimit.bytes))) {
    bytes += byteLength(segment)
    if (bytes > most || ++characters > slugLimit.characters) break
    kept += segment
  }
  return kept
}
