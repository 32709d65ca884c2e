/**
 * A text cut into words, spaces and signs, so that they join to the text again. A letter with its accents, an emoji
 * with its parts and a word of a script without spaces each stay whole.
 */
export function words(text: string): string[] {
  const found: string[] = []
  // Where the stretch without a space began that is being read, in the text and among what was found.
  let [begin, first] = [0, 0]
  for (let at = 0; at < text.length;) {
    const kind = kindAt(text, at)
    let to = at + 1
    if (kind === space) {
      while (kindAt(text, to) === space) to++
      while (kindAt(text, to) === accent) to++
      begin = to
      first = found.length + 1
    } else if (kind === sign) while (kindAt(text, to) === accent) to++
    else if (kind !== other) while (kindAt(text, to) === letter || kindAt(text, to) === accent) to++
    else {
      at = begin
      found.length = first
      while (to < text.length && kindAt(text, to) !== space) to++
      for (const stretch of stretchesOf(text.slice(at, to)))
        for (const { segment } of segmenter.segment(stretch)) found.push(segment)
      at = to
      continue
    }
    found.push(text.slice(at, to))
    at = to
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

/** Whether a word begins at a place of a text, after a space or nothing, or the text ends there. */
export function beginsWord(text: string, at: number): boolean {
  if (at === 0 || at === text.length) return true
  return kindAt(text, at - 1) === space && kindAt(text, at) !== space && kindAt(text, at) !== accent
}

/** Scripts that do not part their words: two of them side by side read as two. */
export const unparted =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

// Scripts in which a word is a run of letters: Latin, Greek, Cyrillic, Hebrew, Arabic. The segmenter knows the others,
// but takes quadratic time on long texts, so it only ever sees short ones.
const plain = /[\u0021-\u06ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]/
const [other, letter, accent, sign, space] = [0, 1, 2, 3, 4]
const kinds = Uint8Array.from({ length: 0x2100 }, (_, code) => kindOf(String.fromCharCode(code)))

/** Of what lies beyond the text, as of the scripts that the segmenter knows, `other`. */
function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < kinds.length ? (kinds[code] ?? other) : code === 0x3000 || code === 0xfeff ? space : other
}

function kindOf(character: string): number {
  if (/\s/.test(character)) return space
  if (!plain.test(character)) return other
  if (/\p{M}/u.test(character)) return accent
  return /[\p{L}\p{N}_]/u.test(character) ? letter : sign
}

/** A text cut into stretches that the segmenter reads in no time, none of them through a character. */
export const stretchesOf = (text: string): readonly string[] =>
  text.match(/[^]{1,400}(?:\u200d[^]|[\p{M}\p{Emoji_Modifier}\ufe0e\ufe0f\u200d])*/gu) ?? []

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

const joining = /\p{M}|\p{Emoji_Modifier}|\u200d|\ufe0e|\ufe0f/u

function splits(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  const here = text.charCodeAt(at)
  if (here >= 0xdc00 && here <= 0xdfff) return true
  return joining.test(String.fromCodePoint(text.codePointAt(at) ?? 0)) || text[at - 1] === '\u200d'
}
