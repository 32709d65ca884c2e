/** A text of one line that may be stored and shown, or why it may not. */
export type Line = { text: string } | { fault: 'empty' | 'malformed' | 'control' | 'long' }

/**
 * A title, name or summary as people mean it: composed characters (NFC), runs of blanks as one space. Halves of
 * characters and control characters are refused, never dropped; `most` counts characters.
 */
export function oneLine(given: string, most: number): Line {
  if (!given.isWellFormed()) return { fault: 'malformed' }
  const text = given.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (/\p{Cc}/u.test(text)) return { fault: 'control' }
  if (text.length > most && [...text].length > most) return { fault: 'long' }
  return visible.test(text) ? { text } : { fault: 'empty' }
}

// A title that nobody can see can be neither read nor clicked.
const visible = /[^\p{C}\p{Z}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u

/** Compared by: two texts with the same key are the same to a reader. */
export const foldKey = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFKC')

export const titleKey = (title: string): string => foldKey(title).replace(/\s+/gu, ' ').trim()
