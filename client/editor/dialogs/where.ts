import { listed } from '../../locale.ts'
import { html, nothing } from 'lit'
import { icon, type Icon } from '../icons.ts'
import { clock } from '../parts/save-state.ts'
import { say } from '../say.ts'
import type { Saving } from '../../realtime/index.ts'
import { open } from './dialog.ts'

export interface Whereabouts {
  saving: () => Saving
  savedAt: () => number | undefined
  head: number
  others: readonly string[]
  text: () => string
  retry: () => void
  /** Calls back whenever where the words are has changed, until the answer is called. */
  watch: (changed: () => void) => () => void
}

/** Where a writer's changes are: on this device, on the server, with colleagues, with readers. */
export function showWhere({ saving, savedAt, head, others, text, retry, watch }: Whereabouts) {
  let copied = ''
  let stop = () => {}
  return open({
    title: () => say('where.title'),
    look: 'dialog-s',
    body: ({ redraw }) => {
      const now = saving()
      const waiting = now.kind === 'offline' ? now.count : 0
      const at = savedAt()
      const isSafe = now.kind === 'saved' || now.kind === 'readonly'
      const copy = async () => {
        copied = await navigator.clipboard.writeText(text()).then(
          () => say('where.copied'),
          () => say('where.not-copied'),
        )
        redraw()
      }
      return html`<div class="dialog-b">
          <ul class="dur">
            ${row(now.kind === 'unsaved' ? 'alert' : 'check', say(now.kind === 'unsaved' ? 'where.device.not' : 'where.device'), say(now.kind === 'unsaved' ? 'where.device.not.hint' : 'where.device.hint'))}
            ${row(isSafe ? 'check' : 'dashed', say(isSafe ? 'where.server' : 'where.server.waiting', { count: waiting }), at === undefined ? say('where.server.never') : say('where.server.at', { at: clock(at, true) }))}
            ${others.length > 0 ? row(isSafe ? 'check' : 'dashed', say('where.others', { names: listed(others) }), say('where.others.hint')) : nothing}
            ${row('minus', say('where.readers'), head > 0 ? say('where.readers.hint', { number: head }) : say('where.readers.none'))}
          </ul>
          <p class="hint" role="status">${copied}</p>
        </div>
        <div class="dialog-f">
          <button type="button" class="btn" @click=${copy}>${icon('copy')}${say('where.copy')}</button>
          <button type="button" class="btn" @click=${() => download(text())}>
            ${icon('download')}${say('where.download')}
          </button>
          ${isSafe ? nothing : html`<button type="button" class="btn btn-q" @click=${retry}>${say('where.retry')}</button>`}
        </div>`
    },
    opened: (_dialog, { redraw }) => {
      stop = watch(redraw)
    },
  }).finally(() => stop())
}

const row = (picture: Icon, title: string, hint: string) =>
  html`<li class=${picture === 'check' ? '' : picture === 'minus' ? 'none' : 'wait'}>
    ${icon(picture)}
    <div><b>${title}</b><span>${hint}</span></div>
  </li>`

function download(text: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
  link.download = 'page.md'
  link.click()
  URL.revokeObjectURL(link.href)
}
