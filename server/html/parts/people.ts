import { colourOf } from '../../../shared/accounts/colour.ts'
import { html, type Html } from '../html.ts'
import type { Translator } from '../translator.ts'

/** What showing a person needs. */
export interface Shown {
  id: string
  handle: string
  name: string
}

/** A person's picture: their initials on their colour. Always beside the name, so it says nothing to screen readers. */
export const avatar = ({ id, name }: Pick<Shown, 'id' | 'name'>, size?: 's' | 'l'): Html =>
  html`<span class="av p${colourOf(id)}${size && ` av-${size}`}" aria-hidden="true">${initials(name)}</span>`

export const personLink = ({ handle, name }: Shown): Html =>
  html`<a href="/people/${encodeURIComponent(handle)}"><bdi>${name}</bdi></a>`

/** Pictures of several people; those beyond `most` are counted. */
export function avatars(people: readonly Shown[], most = 3): Html {
  const beyond = people.length - most
  return html`<span class="avs"
    >${people.slice(0, most).map(person => avatar(person, 's'))}${
      beyond > 0 && html`<span class="av av-s av-more" aria-hidden="true">+${beyond}</span>`
    }</span
  >`
}

/** Names as a list in the reader's language: “A, B and 3 others”. */
export function names(t: Translator, people: readonly Shown[], { most = 3, show = personLink } = {}): Html {
  const shown: Html[] = people.slice(0, people.length > most + 1 ? most : most + 1).map(show)
  const beyond = people.length - shown.length
  if (beyond > 0) shown.push(html`${t('layout.others', { count: beyond })}`)
  const list = new Intl.ListFormat(t.language, { type: 'conjunction' })
  return html`${list.formatToParts(shown.map((_, at) => String(at))).map(part => (part.type === 'element' ? shown[Number(part.value)] : part.value))}`
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const first = (text: string) => [...letters.segment(text)][0]?.segment ?? ''

function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s_-]+/u)
    .filter(word => /^[\p{L}\p{N}]/u.test(word))
  const [one = '', other = ''] = [words[0] ?? name.trim(), words.length > 1 ? words.at(-1) : '']
  return `${first(one)}${first(other)}`.toLocaleUpperCase()
}
