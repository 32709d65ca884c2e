import { listed } from '../../locale.ts'
import { html, nothing } from 'lit'
import type { listDraftChanges } from '../../../shared/drafts/taming-operations.ts'
import type { DraftChangeJson } from '../../../shared/drafts/taming.ts'
import type { publishRevision } from '../../../shared/revisions/operations.ts'
import { summaryLimit } from '../../../shared/pages/limits.ts'
import { call, Refused } from '../../call.ts'
import { icon } from '../icons.ts'
import { say } from '../say.ts'
import { chosenOf, picksOf, type Which } from './changes.ts'
import { changesShown, choice } from './choice.ts'
import { open } from './dialog.ts'
import { textIn } from './given.ts'

export interface Publishing {
  page: string
  /** The revision that readers see; 0 where there is none. */
  head: number
  licence: { id: string; name: string; url: string }
  slug: string
  /** The heading under which the caret stands. */
  section: string
  /** Resolves once every key pressed so far is on the server. */
  barrier: () => Promise<void>
  /** Who else is writing right now. */
  others: readonly string[]
}

/** Asks what changed and why, and publishes the draft with every key that was pressed before the click. */
export function publish({
  page,
  head,
  slug,
  section,
  licence,
  barrier,
  others,
}: Publishing): Promise<number | undefined> {
  let [busy, fault, used]: [boolean, string, number] = [false, '', 0]
  let found: DraftChangeJson[] | undefined
  let which: Which = { kind: 'all' }
  return open<number>({
    title: () => say('publish.title', { number: head + 1 }),
    closeLabel: say('publish.close'),
    body: ({ close, redraw }) => {
      const submit = async (form: HTMLFormElement) => {
        if (busy) return
        const given = new FormData(form)
        const changes = picksOf(which)
        const note = { summary: textIn(given, 'summary'), minor: given.get('minor') !== null }
        const body = { ...note, ...(changes !== undefined && { changes }) }
        busy = true
        fault = ''
        redraw()
        try {
          await barrier()
          const done = await call<typeof publishRevision>('POST', '/api/v1/pages/:id/revisions', {
            params: { id: page },
            body,
          })
          close(done.number)
        } catch (error) {
          fault = error instanceof Refused && error.status > 0 ? error.message : say('publish.unreachable')
          busy = false
          redraw()
        }
      }
      const keys = (event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        if (event.currentTarget instanceof HTMLFormElement) void submit(event.currentTarget)
      }
      const choose = (to: Which) => {
        which = to
        redraw()
      }
      const typed = (event: Event) => {
        if (event.target instanceof HTMLInputElement) used = event.target.value.length
        redraw()
      }
      return html`<form
        novalidate
        @keydown=${keys}
        @submit=${(event: Event) => {
          event.preventDefault()
          if (event.target instanceof HTMLFormElement) void submit(event.target)
        }}
      >
        <div class="dialog-b">
          <div class="field">
            <label for="ed-summary">${say('publish.summary')}</label>
            <input
              id="ed-summary"
              name="summary"
              dir="auto"
              maxlength=${summaryLimit}
              autocomplete="off"
              aria-describedby="ed-summary-told"
              @input=${typed}
            />
            <span class="hint" id="ed-summary-told">${say('publish.summary.hint', { used, limit: summaryLimit })}</span>
          </div>
          ${found ? html`${choice(found, which, section, choose)}${changesShown(chosenOf(found, which))}` : nothing}
          <p class="hint">
            <a href="/wiki/${encodeURIComponent(slug)}/draft" target="_blank">${say('publish.every')}</a>
          </p>
          <p class="hint">${say('publish.credit')}</p>
          <label class="check"
            ><input type="checkbox" name="minor" /><span
              >${say('publish.minor')}<small>${say('publish.minor.hint')}</small></span
            ></label
          >
          ${
            others.length > 0
              ? html`<div class="banner banner-info">
                  ${icon('info')}
                  <div class="banner-body">
                    <p>${say('publish.others', { names: listed(others), count: others.length })}</p>
                  </div>
                </div>`
              : nothing
          }
          <div role="alert">
            ${
              fault
                ? html`<div class="banner banner-bad">
                    ${icon('alert')}
                    <div class="banner-body"><p>${fault}</p></div>
                  </div>`
                : nothing
            }
          </div>
        </div>
        <div class="dialog-f">
          <button class="btn btn-p" aria-disabled=${busy}>${busy ? say('publish.busy') : say('publish.now')}</button>
          <span class="small muted pubnote">${say('publish.consent')} ${licenceName(licence)}</span>
        </div>
      </form>`
    },
    opened(dialog, shown) {
      dialog.querySelector('input')?.focus()
      void changesOf(page, barrier).then(changes => {
        found = changes
        shown.redraw()
      })
    },
  })
}

const licenceName = ({ url, name }: Publishing['licence']) =>
  url ? html`<a href=${url} target="_blank" rel="noopener license"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`

/** What the draft changes, once every key pressed so far is in it; nothing is told where that cannot be read. */
async function changesOf(page: string, barrier: () => Promise<void>): Promise<DraftChangeJson[] | undefined> {
  try {
    await barrier()
    const path = '/api/v1/pages/:id/draft/changes'
    return (await call<typeof listDraftChanges>('GET', path, { params: { id: page } })).changes
  } catch {
    return undefined
  }
}
