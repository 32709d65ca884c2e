import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import type { Command, Plugin } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { directionOf } from '../../shared/i18n/translate.ts'
import type { Ask, Asking } from './asks.ts'
import type { LiveDraft } from '../realtime/index.ts'
import { carets } from './state/carets.ts'
import { composing } from './state/composing.ts'
import { consistency } from './state/consistency.ts'
import { pageLinkView } from './dom/page-link.ts'
import { minimal, stepwise } from './state/minimal.ts'
import { move } from './state/move.ts'
import { editorState } from './state/state.ts'
import { isRemote } from './state/remote.ts'
import { tasks } from './state/tasks.ts'
import { undoManagerOf } from './state/undo.ts'
import { clipboard } from './clipboard.ts'
import type { Tool } from './tools.ts'

export interface Surroundings {
  draft: LiveDraft
  place: HTMLElement
  label: string
  language: string
  isEditable: () => boolean
  ask: Asking
  changed: () => void
  more: Plugin[]
}

/** The text under the hands of one person: made after the first sync, and kept until the element goes. */
export function write({ draft, place, label, language, isEditable, ask, changed, more }: Surroundings) {
  const undo = undoManagerOf(draft.fragment)
  const asks =
    (what: Ask): Command =>
    (_state, dispatch, at) => {
      if (dispatch && at) ask(what, at)
      return true
    }
  const moves = { moveUp: move(draft.fragment, -1), moveDown: move(draft.fragment, 1) }
  const plugins = [
    ...more,
    composing(draft.fragment, draft.inbox),
    carets(draft.awareness),
    consistency(draft.fragment),
    tasks(),
    clipboard(),
    dropCursor({ color: false, class: 'drop-cursor' }),
    gapCursor(),
  ]
  const keys = { link: asks('link'), publish: asks('publish'), help: asks('help'), ...moves }
  const view = new EditorView(
    { mount: place },
    {
      state: editorState(draft.fragment, undo, keys, plugins),
      editable: isEditable,
      nodeViews: { page_link: pageLinkView },
      attributes: {
        role: 'textbox',
        tabindex: '0',
        'aria-multiline': 'true',
        'aria-label': label,
        id: 'ed-text',
        class: 'prose',
        lang: language,
        dir: directionOf(language),
      },
      dispatchTransaction(transaction) {
        const change = minimal(view.state, transaction, view.composing)
        const states = view.composing && isRemote(change) ? stepwise(view.state, change) : [view.state.apply(change)]
        for (const state of states) view.updateState(state)
        changed()
      },
    },
  )
  return {
    view,
    undo,
    run({ run }: Pick<Tool, 'run'>) {
      if (run === 'moveUp' || run === 'moveDown') moves[run](view.state, view.dispatch, view)
      else if (typeof run === 'string') return ask(run, view)
      else run(view.state, view.dispatch, view)
      view.focus()
    },
    destroy() {
      view.destroy()
      undo.destroy()
    },
  }
}
export type Writing = ReturnType<typeof write>
