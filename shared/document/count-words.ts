import { stretchesOf } from './words.ts'

/**
 * How many words a text has, in any script: as many as `Intl.Segmenter` calls word-like. The segmenter is slow, above
 * all on long texts, and a run of letters between blanks is one word without it; it is only asked about the others.
 */
export function countWords(text: string): number {
  let [count, from] = [0, 0]
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && kindOf(text.charCodeAt(at)) !== blank) continue
    if (at > from) count += wordsIn(text, from, at)
    from = at + 1
  }
  return count
}

function wordsIn(text: string, from: number, to: number): number {
  let [start, end] = [from, to]
  while (start < end && kindOf(text.charCodeAt(start)) === sign) start++
  while (end > start && kindOf(text.charCodeAt(end - 1)) === sign) end--
  for (let at = start; at < end; at++)
    if (kindOf(text.charCodeAt(at)) !== letter && !isInside(text, at)) return segmented(text.slice(from, to))
  return end > start ? 1 : 0
}

/** An apostrophe or full stop between two letters. */
const isInside = (text: string, at: number): boolean =>
  /['’.]/.test(text[at] ?? '') && isAlphabetic(text.charCodeAt(at - 1)) && isAlphabetic(text.charCodeAt(at + 1))

const isAlphabetic = (code: number): boolean => kindOf(code) === letter && code > 0x39 && (code < 0x660 || code > 0x669)

function segmented(piece: string): number {
  words ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  let count = 0
  for (const stretch of stretchesOf(piece)) for (const { isWordLike } of words.segment(stretch)) if (isWordLike) count++
  return count
}

let words: Intl.Segmenter | undefined

// A sign may stand inside a word (don't, 1.5); a blank never does, and neither does a hyphen or a bracket.
const [other, letter, sign, blank] = [0, 1, 2, 3]

/** Latin, Greek, Cyrillic, Hebrew and Arabic; in other scripts words need not stand apart, so all is `other`. */
const letters = /[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u05d0-\u05ea\u0620-\u0669]/

const kinds = Uint8Array.from({ length: 0x66a }, (_, code) => {
  const character = String.fromCharCode(code)
  if (letters.test(character)) return letter
  if (/[\s!#-&(-+\-/<-@[-^`{-~«»]/.test(character)) return blank
  return /[',.:;]/.test(character) ? sign : other
})

function kindOf(code: number): number {
  const kind = kinds[code]
  if (kind !== undefined) return kind
  if (code === 0x2018 || code === 0x2019) return sign
  return code >= 0x2013 && code <= 0x201d ? blank : other
}
