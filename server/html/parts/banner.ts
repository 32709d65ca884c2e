import { html, type Child, type Html } from '../html.ts'
import type { IconName } from '../../../shared/icons.ts'
import { icon } from '../icons.ts'

export type BannerKind = 'info' | 'warn' | 'bad' | 'ok'

const icons: Record<BannerKind, IconName> = { info: 'info', warn: 'triangle-alert', bad: 'circle-alert', ok: 'check' }

/** A notice that belongs to its place; `role="alert"` is for what follows from the reader's own act. */
export const banner = (
  kind: BannerKind,
  body: Child,
  { alert = false, label }: { alert?: boolean; label?: string } = {},
): Html =>
  html`<div
    class="banner banner-${kind}"
    role="${alert ? 'alert' : label ? 'region' : 'note'}"
    ${label && html` aria-label="${label}"`}
  >
    ${icon(icons[kind])}
    <div class="banner-body">${body}</div>
  </div>`

/** What will be here, and one step to get there. */
export const empty = (what: Child, step?: Child): Html =>
  html`<div class="empty">
    <p>${what}</p>
    ${step}
  </div>`
