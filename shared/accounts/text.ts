const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** How many characters a reader sees in a text. */
export const graphemes = (text: string): number => [...segmenter.segment(text)].length

/** The first characters of a text, none of them cut in half. */
export const firstGraphemes = (text: string, most: number): string =>
  [...segmenter.segment(text)]
    .slice(0, most)
    .map(part => part.segment)
    .join('')

/** Text that shows something: not only spaces, marks and invisible signs. */
export const isVisible = (text: string): boolean =>
  /[^\p{C}\p{Z}\p{M}]/u.test(text.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))

/** Signs that reach beyond the text they stand in: controls, line breaks, overrides of direction, halves of a character. */
export const isUnruly = (text: string): boolean => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u.test(text)

/** More marks on one letter than any script needs: they would cover the lines around. */
export const isTowering = (text: string): boolean => /\p{M}{5,}/u.test(text)

/** One spelling for all that differ only in case or in a compatibility form. */
export const fold = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
