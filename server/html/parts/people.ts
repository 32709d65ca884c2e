import { localeOf } from '../../../shared/i18n/translate.ts'
import { colourOf } from '../../../shared/accounts/colour.ts'
import { html, type Html } from '../html.ts'
import type { Translator } from '../translator.ts'

/** What showing a person needs. */
export interface Shown {
  /** Chooses the colour; without it the handle does. */
  id?: string
  handle: string
  name: string
}

/** A person's picture: their initials on their colour. Always beside the name, so it says nothing to screen readers. */
export const avatar = ({ id, handle, name }: Shown, size?: 's' | 'l'): Html =>
  html`<span class="av p${colourOf(id ?? handle)}${size && ` av-${size}`}" aria-hidden="true">${initials(name)}</span>`

export const personLink = ({ handle, name }: Shown): Html =>
  html`<a href="/people/${encodeURIComponent(handle)}"><bdi>${name}</bdi></a>`

/** Pictures of several people; those not shown are counted, `beyond` are not even in the list. */
export function avatars(people: readonly Shown[], most = 3, beyond = 0): Html {
  const rest = Math.max(0, people.length - most) + beyond
  return html`<span class="avs"
    >${people.slice(0, most).map(person => avatar(person, 's'))}${
      rest > 0 && html`<span class="av av-s av-more" aria-hidden="true">+${rest}</span>`
    }</span
  >`
}

/** Names as a list in the reader's language: “A, B and 3 others”. `beyond` counts people who are not in the list. */
export function names(
  t: Translator,
  people: readonly Shown[],
  { most = 3, beyond = 0, show = personLink }: { most?: number; beyond?: number; show?: (person: Shown) => Html } = {},
): Html {
  const shown = people.slice(0, people.length + beyond === most + 1 ? most + 1 : most).map(show)
  const rest = people.length - shown.length + beyond
  if (rest > 0) shown.push(html`${t('layout.others', { count: rest })}`)
  if (shown.length < 2) return html`${shown}`
  const parts = lister(t.language).formatToParts(shown.map((_, at) => String(at)))
  return html`${parts.map(({ type, value }) => (type === 'element' ? shown[Number(value)] : value))}`
}

const listers = new Map<string, Intl.ListFormat>()

// Making one takes longer than all else about a line of a list.
function lister(language: string): Intl.ListFormat {
  const known = listers.get(language) ?? new Intl.ListFormat(localeOf(language), { type: 'conjunction' })
  listers.set(language, known)
  return known
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const first = (text: string) => [...letters.segment(text)][0]?.segment ?? ''

const known = new Map<string, string>()

/** Remembered, for lists show the same few people again and again, and telling letters apart is slow. */
function initials(name: string): string {
  const before = known.get(name)
  if (before !== undefined) return before
  if (known.size >= 1000) known.clear()
  const made = initialsOf(name)
  known.set(name, made)
  return made
}

function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s_-]+/u)
    .filter(word => /^[\p{L}\p{N}]/u.test(word))
  const [one = name.trim(), ...more] = words
  return `${first(one)}${first(more.at(-1) ?? '')}`.toLocaleUpperCase()
}
