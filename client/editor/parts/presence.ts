import { listed } from '../../locale.ts'
import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../icons.ts'
import { say } from '../say.ts'
import { clock } from './clock.ts'
import type { Present } from '../state/people.ts'

export interface Place {
  person: Present
  /** The heading under which their caret is; undefined where they only read. */
  section: string | undefined
}

const face = (person: Present, size = '') =>
  html`<span class="av${size} ${person.hue ? `p${person.hue}` : ''}" aria-hidden="true">${person.initials}</span>`

/** Who else is here, as small faces; their names are told to screen readers. */
export function faces(people: readonly Place[], isOffline: boolean): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing
  const shown = people.slice(0, 5)
  const names = listed(people.map(({ person }) => person.name))
  const rest = people.length - shown.length
  return html`<span
    class="avs only-d${isOffline ? ' avs-off' : ''}"
    role="img"
    aria-label=${say('presence.here', { names })}
  >
    ${shown.map(({ person }) => face(person))}${rest > 0 ? html`<span class="av av-more" aria-hidden="true">+${rest}</span>` : nothing}
  </span>`
}

/** First names as one phrase. */
export const firstNames = (people: readonly Place[]): string => listed(people.map(({ person }) => person.firstName))

/** Who is where in the text, for the line at the bottom. */
export function places(people: readonly Place[], seenAt: number | undefined): TemplateResult {
  if (seenAt !== undefined && people.length > 0)
    return html`<span class="ed-place"
      >${icon('users')}<span
        >${say('presence.were-here', { names: isolated(firstNames(people)), count: people.length, at: clock(seenAt) })}</span
      ></span
    >`
  return html`${people.slice(0, 4).map(({ person, section }) => {
    const name = isolated(person.firstName)
    const words =
      section === undefined
        ? say('presence.reading', { name })
        : section === ''
          ? say('presence.at-top', { name })
          : say('presence.in', { name, section: isolated(section) })
    return html`<span class="ed-place">${face(person, ' av-s')}<span>${words}</span></span>`
  })}`
}

/** Keeps its own direction where that may be another, so that the sentence around it keeps the interface's. */
const isolated = (words: string) =>
  document.documentElement.dir === 'rtl' || rightToLeft.test(words) ? `\u2068${words}\u2069` : words
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufefc]/
