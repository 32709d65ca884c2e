import { remembering } from './remember.ts'

/** Letters that Unicode does not take apart, though people type them as others. */
const spelledAs: Record<string, string> = {
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ة: 'ه',
  ە: 'ه',
  ھ: 'ه',
  ک: 'ك',
  ـ: '',
}
const spelled = new RegExp(`[${Object.keys(spelledAs).join('')}]`, 'gu')
const markedScripts =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu
const looseMarks = /^[\u064b-\u065f\u0670]+/u

/**
 * One spelling for what people mean as one: case, width and ligatures, accents, Arabic vowel signs, hamza carriers,
 * ة/ه and ى/ي, Russian ё/е, eastern Arabic digits. Marks that are letters of their script (Devanagari vowels) stay.
 */
export const fold = remembering((text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(spelled, letter => spelledAs[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit => String(digit.charCodeAt(0) & 0xf))
    .normalize('NFD')
    .replaceAll('и\u0306', 'й')
    .replace(markedScripts, '$1')
    .replace(looseMarks, '')
    .normalize('NFC'),
)
