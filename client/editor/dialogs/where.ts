import { html, nothing, type TemplateResult } from 'lit'
import { listed } from '../../locale.ts'
import type { Ledger, LiveDraft, Saving } from '../../realtime/index.ts'
import { copy, download } from '../copying.ts'
import { icon, type Icon } from '../icons.ts'
import { clock } from '../parts/clock.ts'
import { say } from '../say.ts'
import { open } from './dialog.ts'

export interface Whereabouts {
  draft: LiveDraft
  head: number
  /** First names of the others, as last seen. */
  others: () => readonly string[]
  text: () => string
}

/** Where a writer's changes are: on this device, on the server, with colleagues, with readers. */
export function showWhere(where: Whereabouts) {
  const { draft, text } = where
  let copied = ''
  let stop = () => {}
  return open({
    title: () => say('where.title'),
    look: 'dialog-s dialog-where',
    body: ({ redraw }) => {
      const put = async (words: string) => {
        copied = await copy(words)
        redraw()
      }
      const isBehind = draft.ledger.server.count < draft.ledger.changes
      return html`<div class="dialog-b">
          <ul class="dur">
            ${onDevice(draft.ledger)} ${onServer(draft)} ${withOthers(draft, where.others())} ${withReaders(where.head)}
          </ul>
          <details class="dur-more">
            <summary>${say('where.merging')}</summary>
            <p>${say('where.merging.more')}</p>
          </details>
          <p class="hint" role="status">${copied}</p>
        </div>
        <div class="dialog-f">
          <button type="button" class="btn btn-s" @click=${() => put(text())}>
            ${icon('copy')}${say('where.copy')}
          </button>
          ${
            isBehind
              ? html`<button type="button" class="btn btn-s" @click=${() => put(draft.unconfirmed())}>
                  ${icon('copy')}${say('where.copy-words')}
                </button>`
              : nothing
          }
          <button type="button" class="btn btn-s" @click=${() => download(text())}>
            ${icon('download')}${say('where.download')}
          </button>
        </div>`
    },
    opened: (dialog, { redraw, close }) => {
      const unwatch = draft.onSaving(redraw)
      // Only the seconds until the next try change by themselves.
      const tick = setInterval(redraw, 1_000)
      dialog.addEventListener('click', event => event.target === dialog && close())
      stop = () => {
        unwatch()
        clearInterval(tick)
      }
    },
  }).finally(() => stop())
}

function onDevice({ changes, device, server }: Ledger): TemplateResult {
  const { kind, count, at } = device
  if (kind === 'failed') {
    const hint = server.count < changes ? 'where.device.not.hint' : 'where.device.not.safe'
    return row('alert', say('where.device.not'), say(hint))
  }
  if (changes === 0) return row('check', say('where.device'), say('where.nothing'))
  if (count < changes) return row('dashed', say('where.device.part', { count, changes }), say('where.device.writing'))
  const hint = at === undefined ? say('where.device.kept') : say('where.device.kept-at', { at: clock(at, true) })
  return row('check', say('where.device.all', { count: changes }), hint)
}

function onServer(draft: LiveDraft): TemplateResult {
  const { changes, server } = draft.ledger
  const isAll = server.count === changes
  const title = isAll
    ? say('where.server.all', { count: changes })
    : say('where.server.part', { count: server.count, changes })
  const confirmed = server.at === undefined ? '' : say('where.server.at', { at: clock(server.at, true) })
  const isThere = isAll && (changes > 0 || draft.isConnected)
  return row(isThere ? 'check' : 'dashed', title, html`${confirmed} ${next(draft, isAll)}`)
}

/** What happens next with what the server does not have. */
function next({ saving, isConnected, nextTry, retry }: LiveDraft, isAll: boolean): TemplateResult | string {
  if (saving.kind === 'readonly') return say('where.server.shut')
  if (isConnected) return isAll ? '' : say(isTroubled(saving) ? 'where.server.refused' : 'where.server.sending')
  const seconds = nextTry === undefined ? 0 : Math.max(0, Math.ceil((nextTry - Date.now()) / 1000))
  return html`${say(seconds > 0 ? 'where.server.again' : 'where.server.trying', { seconds })}
    <button type="button" class="as-link" @click=${retry}>${say('where.retry')}</button>`
}

const isTroubled = (saving: Saving) =>
  (saving.kind === 'offline' || saving.kind === 'unsaved') && saving.trouble !== undefined

function withOthers({ ledger, isConnected }: LiveDraft, others: readonly string[]): TemplateResult | typeof nothing {
  if (others.length === 0) return nothing
  const { changes, server } = ledger
  const isAll = server.count === changes
  const names = listed(others)
  const title = isAll
    ? say('where.others.all', { names, count: changes })
    : say('where.others.part', { names, count: server.count, changes })
  const isThere = isAll && isConnected
  return row(isThere ? 'check' : 'dashed', title, say(isThere ? 'where.others.see' : 'where.others.hint'))
}

const withReaders = (head: number) =>
  row('minus', say('where.readers'), head > 0 ? say('where.readers.hint', { number: head }) : say('where.readers.none'))

const row = (picture: Icon, title: string, hint: TemplateResult | string) =>
  html`<li class=${picture === 'check' ? '' : picture === 'minus' ? 'none' : 'wait'}>
    ${icon(picture)}
    <div><b dir="auto">${title}</b><span>${hint}</span></div>
  </li>`
