import { mayRestore, mayRollBack, mayUndo } from '../../../shared/pages/may.ts'
import { html, type Html, icon } from '../../html/index.ts'
import { addressOf } from '../../pages/index.ts'
import type { OldView } from '../old.ts'

/** What whoever looks at an old revision may do about it, each by way of a preview. */
export function actsOn(view: OldView): Html {
  const { t, page, revision } = view
  const { restore, compare, undo, rollback } = allowed(view)
  const address = (act: string) => `${addressOf(page)}/${act}`
  return html`${
    restore &&
    html`<a class="btn btn-p" href="${address('restore')}?revision=${revision.number}"
      >${icon('rotate-ccw', { flip: true })}${t('takebacks.restore')}</a
    >`
  }${
    compare &&
    html`<a class="btn" href="${address('compare')}?from=${revision.number}&amp;to=${compare}"
      >${t('revisions.compare-current')}</a
    >`
  }${
    undo &&
    html`<a class="btn" href="${address('undo')}?revision=${revision.number}"
      >${icon('undo-2', { flip: true })}${t('takebacks.undo')}</a
    >`
  }${
    rollback &&
    html`<a class="btn btn-d" href="${address('rollback')}?person=${encodeURIComponent(rollback.handle)}"
      >${t('takebacks.rollback', { name: rollback.name })}</a
    >`
  }`
}

/** The same in a sentence each, where the buttons are. */
export function actsExplained(view: OldView): Html | null {
  const { t, page, revision } = view
  const { restore, undo, rollback } = allowed(view)
  if (!restore && !undo && !rollback) return null
  const { number } = revision
  const b = (inside: Html) => html`<b>${inside}</b>`
  const later = { next: page.newest + 1, first: number + 1, last: page.newest, later: page.newest - number }
  return html`<div class="acts3">
    ${restore && html`<p>${t.html('takebacks.restore.explained', { ...later, b })}</p>`}
    ${undo && html`<p>${t.html('takebacks.undo.explained', { number, b })}</p>`}
    ${rollback && html`<p>${t.html('takebacks.rollback.explained', { b })}</p>`}
  </div>`
}

function allowed({ page, revision, text, asker }: OldView) {
  const isHead = revision.number === page.head?.number
  const [author, ...others] = revision.authors
  return {
    restore: text !== undefined && !isHead && mayRestore(asker, page),
    compare: text !== undefined && !isHead && page.head ? page.head.number : undefined,
    undo: text !== undefined && page.head !== null && mayUndo(asker, page),
    rollback: text !== undefined && author && others.length === 0 && mayRollBack(asker, page) ? author : undefined,
  }
}
