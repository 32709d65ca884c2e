import { type EditorState, Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { isRemote } from '../state/remote.ts'

/** What is being looked for: a block after `/`, or a page after `[[`. */
export interface Query {
  kind: 'block' | 'page'
  /** Where the sign begins; choosing replaces from there to the caret. */
  from: number
  to: number
  text: string
}

interface State {
  query: Query | undefined
  /** A sign that was dismissed with Escape stays plain text for as long as the caret is behind it. */
  dismissed: number | undefined
  /** The chosen option's id, told to screen readers while the focus stays in the text. */
  active: string | undefined
}

const key = new PluginKey<State>('suggest')

export const queryIn = (state: EditorState): Query | undefined => key.getState(state)?.query

/** Leaves what was typed as it is. */
export const dismiss = (view: EditorView) => view.dispatch(view.state.tr.setMeta(key, { dismiss: true }))
export const setActive = (view: EditorView, active: string | undefined) => {
  if (key.getState(view.state)?.active !== active) view.dispatch(view.state.tr.setMeta(key, { active }))
}

/** Watches for `/` and `[[` while someone types, and leaves the drawing of a menu to `onKey` and whoever reads the state. */
export function suggesting(onKey: (event: KeyboardEvent) => boolean): Plugin<State> {
  return new Plugin<State>({
    key,
    state: {
      init: () => ({ query: undefined, dismissed: undefined, active: undefined }),
      apply(transaction, before, _old, state) {
        const told: unknown = transaction.getMeta(key)
        const dismissed = before.dismissed === undefined ? undefined : transaction.mapping.map(before.dismissed)
        const found = queryAt(state)
        // Only typing opens a menu; walking past an old slash does not.
        const opens = before.query !== undefined || (transaction.docChanged && !isRemote(transaction))
        const isDismissed = isDismissal(told) || (found !== undefined && found.from === dismissed)
        if (!found || !opens) return { query: undefined, dismissed: found ? dismissed : undefined, active: undefined }
        if (isDismissed) return { query: undefined, dismissed: found.from, active: undefined }
        return { query: found, dismissed: undefined, active: activeIn(told) ?? before.active }
      },
    },
    props: {
      handleKeyDown: (view, event) => queryIn(view.state) !== undefined && onKey(event),
      handleDOMEvents: {
        blur(view) {
          if (queryIn(view.state)) dismiss(view)
          return false
        },
      },
      attributes(state): Record<string, string> {
        const { query, active } = key.getState(state) ?? {}
        if (!query) return {}
        return {
          'aria-controls': 'ed-suggest',
          'aria-autocomplete': 'list',
          ...(active && { 'aria-activedescendant': active }),
        }
      },
    },
  })
}

/** What stands between a sign and the caret. */
export function queryAt(state: EditorState): Query | undefined {
  const { selection } = state
  if (!(selection instanceof TextSelection) || !selection.$cursor) return undefined
  const { $cursor } = selection
  if ($cursor.parent.type.name !== 'line' || state.schema.marks['code']?.isInSet($cursor.marks())) return undefined
  const before = $cursor.parent.textBetween(0, $cursor.parentOffset, undefined, '\ufffc')
  const slash = /(?:^|\s)\/([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} -]{0,24})?$/u.exec(before)
  if (slash && !/\s{2}|\s\S+\s/.test(slash[1] ?? '')) return found('block', 1, slash[1] ?? '')
  const page = /\[\[([^[\]\n\ufffc]{0,80})$/u.exec(before)
  return page ? found('page', 2, page[1] ?? '') : undefined

  function found(kind: Query['kind'], signs: number, text: string): Query {
    const to = selection.head
    return { kind, from: to - text.length - signs, to, text }
  }
}

const isDismissal = (told: unknown) => typeof told === 'object' && told !== null && 'dismiss' in told
const activeIn = (told: unknown) =>
  typeof told === 'object' && told !== null && 'active' in told && typeof told.active === 'string'
    ? told.active
    : undefined
