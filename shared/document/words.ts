/**
 * A text cut into words, spaces and signs, so that they join to the text again. A letter with its accents, an emoji
 * with its parts and a word of a script without spaces each stay whole.
 */
export function words(text: string): string[] {
  const found: string[] = []
  for (const piece of text.match(spacesOrNot) ?? []) {
    if (plain.test(piece)) found.push(...(piece.match(plainWords) ?? []))
    else
      for (const stretch of piece.match(stretches) ?? [])
        for (const { segment } of segmenter.segment(stretch)) found.push(segment)
  }
  return found
}

/** How many units two texts share at their beginning and at their end, never cutting a character in two. */
export function sharedEnds(a: string, b: string): [start: number, end: number] {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start++
  while (start > 0 && (splits(a, start) || splits(b, start))) start--
  let end = 0
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  while (end > 0 && (splits(a, a.length - end) || splits(b, b.length - end))) end--
  return [start, end]
}

/** Scripts that do not part their words: two of them side by side read as two. */
export const unparted =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

const spacesOrNot = /\s+\p{M}*|[^\s]+/gu
// Scripts in which a word is a run of letters: Latin, Greek, Cyrillic, Hebrew, Arabic. The segmenter knows the others,
// but takes quadratic time on long texts, so it only ever sees short ones.
const plain = /^[\u0021-\u06ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]+$/
const plainWords = /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_]\p{M}*/gu
const stretches = /[^]{1,400}(?:\u200d[^]|[\p{M}\p{Emoji_Modifier}\ufe0e\ufe0f\u200d])*/gu
const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

const joining = /\p{M}|\p{Emoji_Modifier}|\u200d|\ufe0e|\ufe0f/u

function splits(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  const here = text.charCodeAt(at)
  if (here >= 0xdc00 && here <= 0xdfff) return true
  return joining.test(String.fromCodePoint(text.codePointAt(at) ?? 0)) || text[at - 1] === '\u200d'
}
