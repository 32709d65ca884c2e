import { firstGraphemes, fold, graphemes, isTowering } from './text.ts'

/** Folded letters that look like another script's (or, in Arabic, another keyboard's) letter, and that letter. */
const pairs =
  'аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd һh ԛq ԝw ӏl ѵv αa βb εe ζz ηh ιi κk μm νn οo ρp τt υy χx کك یي ىي'
const lookalikes = new Map(pairs.split(' ').map(([shown, meant]) => [shown, meant] as const))

/** What makes two handles the same: case, compatibility forms and letters that only look alike do not count. */
export const handleKey = (handle: string): string =>
  [...fold(handle).replace(/ـ/g, '')].map(letter => lookalikes.get(letter) ?? letter).join('')

/** What is wrong with a handle, or nothing. Letters, digits and marks of any script, and - _ . between them. */
export function faultInHandle(handle: string): string | undefined {
  if (handle === '') return 'accounts/handle-empty'
  if (graphemes(handle) > 40 || handle.length > 200) return 'accounts/handle-long'
  if (/[^\p{L}\p{Nd}\p{M}._-]|\p{Default_Ignorable_Code_Point}/u.test(handle)) return 'accounts/handle-characters'
  if (!/^[\p{L}\p{Nd}].*[^.]$|^[\p{L}\p{Nd}]$/u.test(handle) || /\.\./.test(handle)) return 'accounts/handle-edges'
  if (isTowering(handle)) return 'accounts/handle-characters'
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
  // These three share letters that nobody can tell apart.
  if (scripts.filter(script => script.test(handle)).length > 1) return 'accounts/handle-mixed'
  return undefined
}

/** A handle for somebody who never chose one, made from their name. */
export function handleFrom(name: string): string {
  const made = firstGraphemes(
    name
      .normalize('NFC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      .replace(/[^\p{L}\p{Nd}\p{M}]+/gu, '-')
      .replace(/^[-\p{M}]+|-+$/gu, ''),
    30,
  ).replace(/-+$/, '')
  return faultInHandle(made) ? 'someone' : made
}
