import { listed } from '../../locale.ts'
import { html, nothing } from 'lit'
import { Node } from 'prosemirror-model'
import type { publishRevision } from '../../../shared/revisions/operations.ts'
import { summaryLimit } from '../../../shared/pages/limits.ts'
import { schema } from '../../../shared/document/schema.ts'
import { call, Refused } from '../../call.ts'
import { icon } from '../icons.ts'
import { say } from '../say.ts'
import { changesSince, type SectionChange } from './changes.ts'
import { open } from './dialog.ts'
import { textIn } from './given.ts'

export interface Publishing {
  page: string
  /** The revision that readers see; 0 where there is none. */
  head: number
  licence: { id: string; name: string; url: string }
  /** The draft as it is shown at this moment. */
  draft: () => Node
  /** Resolves once every key pressed so far is on the server. */
  barrier: () => Promise<void>
  /** Who else is writing right now. */
  others: readonly string[]
}

/** Asks what changed and why, and publishes the draft with every key that was pressed before the click. */
export function publish({ page, head, licence, draft, barrier, others }: Publishing): Promise<number | undefined> {
  let [busy, fault, used, published]: [boolean, string, number, SectionChange[] | undefined] = [false, '', 0, undefined]
  return open<number>({
    title: () => say('publish.title', { number: head + 1 }),
    closeLabel: say('publish.close'),
    body: ({ close, redraw }) => {
      const submit = async (form: HTMLFormElement) => {
        if (busy) return
        const given = new FormData(form)
        const body = { summary: textIn(given, 'summary'), minor: given.get('minor') !== null }
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
          ${published ? sections(published) : nothing}
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
      void changes(page, head, draft()).then(found => {
        published = found
        shown.redraw()
      })
    },
  })
}

const licenceName = ({ url, name }: Publishing['licence']) =>
  url ? html`<a href=${url} target="_blank" rel="noopener license"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`

function sections(changes: readonly SectionChange[]) {
  if (changes.length === 0) return html`<p class="hint">${say('publish.no-words')}</p>`
  return html`<ul class="sumlist" aria-label=${say('publish.changes')}>
    ${changes.slice(0, 12).map(
      ({ section, added, removed }) =>
        html`<li>
          <span dir="auto">${section || say('publish.beginning')}</span>
          <span class="num"
            ><span class="plus">+${added}</span> <span class="minus">−${removed}</span
            ><span class="vh">${say('publish.words', { added, removed })}</span></span
          >
        </li>`,
    )}
  </ul>`
}

/** What is new since the revision that readers see; nothing is told where that cannot be read. */
async function changes(page: string, head: number, draft: Node): Promise<SectionChange[] | undefined> {
  if (head === 0) return changesSince(schema.node('doc', null, [schema.node('line')]), draft)
  try {
    const reply = await fetch(`/api/v1/pages/${encodeURIComponent(page)}/content?format=document&revision=${head}`)
    return reply.ok ? changesSince(Node.fromJSON(schema, await reply.json()), draft) : undefined
  } catch {
    return undefined
  }
}
