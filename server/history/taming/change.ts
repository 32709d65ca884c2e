import type { ShownChange } from '../../../shared/document/draft-changes-shown.ts'
import { toHtml } from '../../../shared/document/html.ts'
import type { DraftChangeJson } from '../../../shared/drafts/taming.ts'
import { directionOf, figures } from '../../../shared/i18n/translate.ts'
import { avatars, html, type Html, names, time, trusted } from '../../html/index.ts'
import { comparedBlocks } from '../compare/visual.ts'
import type { DraftView } from './view.ts'

/** One change with its box: what it does, whose it is and since when. */
export function changeItem(view: DraftView, change: DraftChangeJson, shown: ShownChange, isChosen: boolean): Html {
  const { t } = view
  const { id, people, since, words } = change
  const who = people.length > 0 ? names(t, people) : t('taming.nobody')
  return html`<li class="tam">
    <label class="tam-l"
      ><input
        type="checkbox"
        name="change:${id}"
        value="1"
        ${isChosen && html` checked`}
        aria-describedby="tam-${id}"
      />
      <span
        ><b>${t(`taming.kind.${kindOf(change)}`)}</b
        >${change.mine && html` <span class="tag">${t('taming.mine')}</span>`}</span
      ><span class="num"
        ><bdi class="plus">+${figures(t.language, words.added)}</bdi>
        <bdi class="minus">−${figures(t.language, words.removed)}</bdi
        ><span class="vh">${t('taming.words', words)}</span></span
      ></label
    >
    <p class="meta">
      ${people.length > 0 && avatars(people)} ${who}
      ${since !== null && html`<span class="sep">${t.html('taming.since', { at: time(t, since) })}</span>`}
      ${change.within !== null && html`<span class="sep">${t('taming.within')}</span>`}
    </p>
    <div class="prose cmp tam-b" id="tam-${id}" lang="${view.page.language}" dir="${directionOf(view.page.language)}">
      ${body(view, change, shown)}
    </div>
  </li>`
}

/** What no word came or went by is told more closely. */
function kindOf({ kind, words, before, after }: DraftChangeJson): string {
  if (kind !== 'words' || words.added + words.removed > 0) return kind
  const [was, is] = [before, after].map(text => text.replaceAll(/\s+/g, ''))
  return was !== '' && was === is ? 'carried' : 'signs'
}

/** A change shown by itself has no place of its own to be linked to, and its ids would come once in every change. */
function body({ t, context }: DraftView, { kind }: DraftChangeJson, { before, after }: ShownChange): Html {
  if (kind === 'moved' && before.eq(after)) return trusted(withoutIds(toHtml(after, context)))
  return trusted(withoutIds(String(comparedBlocks(t, before, after, context).body)))
}

const withoutIds = (text: string) => text.replaceAll(/ id="[^"]*"/g, '')
