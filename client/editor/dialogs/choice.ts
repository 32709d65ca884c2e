import { html, nothing } from 'lit'
import type { DraftChangeJson } from '../../../shared/drafts/taming.ts'
import { inFigures, listed } from '../../locale.ts'
import { say } from '../say.ts'
import { chosenOf, creditedIn, linesOf, type Which } from './changes.ts'

/** A line for each section and those who changed it. */
export function changesShown(changes: readonly DraftChangeJson[]) {
  if (changes.length === 0) return html`<p class="hint">${say('publish.no-changes')}</p>`
  const lines = linesOf(changes)
  const credited = creditedIn(changes)
  return html`<ul class="sumlist" aria-label=${say('publish.changes')}>
      ${lines.slice(0, mostLines).map(
        ({ section, names, added, removed }) =>
          html`<li>
            <span dir="auto"
              >${section || say('publish.beginning')}${
                names.length > 0 ? html`<small class="by"><bdi>${listed(names)}</bdi></small>` : nothing
              }</span
            >
            <span class="num"
              ><bdi class="plus">+${inFigures(added)}</bdi> <bdi class="minus">−${inFigures(removed)}</bdi
              ><span class="vh">${say('publish.words', { added, removed })}</span></span
            >
          </li>`,
      )}
    </ul>
    ${credited.length > 0 ? html`<p class="hint">${say('publish.credited', { names: listed(credited) })}</p>` : nothing}`
}

const mostLines = 12

/** Which changes to publish, where there is a choice. */
export function choice(
  changes: readonly DraftChangeJson[],
  which: Which,
  here: string,
  choose: (which: Which) => void,
) {
  const sections = [...new Set(changes.map(({ section }) => section))]
  const mine = chosenOf(changes, { kind: 'mine' })
  const hasOthers = mine.length < changes.length
  if (!hasOthers && sections.length < 2) return nothing
  const section = which.kind === 'section' ? which.section : sections.includes(here) ? here : (sections[0] ?? '')
  const one = (kind: Which['kind'], label: string, to: Which) =>
    html`<label class="check"
      ><input
        type="radio"
        name="which"
        value=${kind}
        .checked=${which.kind === kind}
        @change=${() => choose(to)}
      /><span>${label}</span></label
    >`
  return html`<fieldset class="pubwhich">
    <legend>${say('publish.which')}</legend>
    ${one('all', say('publish.all', { count: changes.length }), { kind: 'all' })}
    ${hasOthers && mine.length > 0 ? one('mine', say('publish.mine', { count: mine.length }), { kind: 'mine' }) : nothing}
    ${
      sections.length > 1
        ? html`${one('section', say('publish.section'), { kind: 'section', section })}
            <select
              class="input"
              aria-label=${say('publish.section.which')}
              dir="auto"
              @change=${(event: Event) =>
                event.target instanceof HTMLSelectElement && choose({ kind: 'section', section: event.target.value })}
            >
              ${sections.map(
                name =>
                  html`<option value=${name} ?selected=${name === section}>
                    ${name || say('publish.beginning')}
                  </option>`,
              )}
            </select>`
        : nothing
    }
  </fieldset>`
}
