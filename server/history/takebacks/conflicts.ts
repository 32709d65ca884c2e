import type { TakebackConflict } from '../../../shared/revisions/takebacks.ts'
import { html, type Html, type Translator } from '../../html/index.ts'
import { choiceOf } from './asked.ts'

/** Every place that was changed again since, the words of both side by side: one of them is chosen for each. */
export const conflictList = (t: Translator, conflicts: readonly TakebackConflict[]): Html | null =>
  conflicts.length === 0
    ? null
    : html`<section class="stack" aria-labelledby="clashes">
        <h3 id="clashes">${t('takebacks.conflicts', { count: conflicts.length })}</h3>
        ${conflicts.map((conflict, at) => clash(t, conflict, at + 1))}
      </section>`

function clash(t: Translator, conflict: TakebackConflict, number: number): Html {
  const { section, made, now, undone } = conflict
  return html`<fieldset class="clash">
    <legend class="label">
      ${section ? t('takebacks.conflict.in', { number, section: `\u2068${section}\u2069` }) : t('takebacks.conflict', { number })}
    </legend>
    <div class="clash-ways">${way(t, conflict, 'keep', now)}${way(t, conflict, 'undo', undone)}</div>
    ${hint(t, made ? made.text : t('takebacks.no-words'))}
  </fieldset>`
}

/** What the edit had made of it: seldom needed to choose, so it is folded where it would push the next place out of sight. */
const hint = (t: Translator, words: string): Html =>
  words.length <= 200
    ? html`<p class="hint">${t('takebacks.made')} <q dir="auto">${words}</q></p>`
    : html`<details class="hint">
        <summary>${t('takebacks.made')}</summary>
        <blockquote class="clash-made" dir="auto">${words}</blockquote>
      </details>`

function way(
  t: Translator,
  { id, around, chosen }: TakebackConflict,
  take: 'keep' | 'undo',
  words: TakebackConflict['now'],
): Html {
  const told = words ? html`<mark>${words.text}</mark>` : html`<i>${t('takebacks.no-words')}</i>`
  return html`<label class="radio-c"
    ><input type="radio" name="${choiceOf(id)}" value="${take}" required ${chosen === take && html` checked`} /><b
      >${t(take === 'keep' ? 'takebacks.keep' : 'takebacks.take')}</b
    ><span class="clash-words" dir="auto"
      >${around.before && html`<span class="soft">${around.before} </span>`}${told}${
        around.after && html`<span class="soft"> ${around.after}</span>`
      }</span
    ></label
  >`
}
