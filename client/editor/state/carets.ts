import { Plugin, PluginKey } from 'prosemirror-state'
import { type Decoration, DecorationSet } from 'prosemirror-view'
import type { Awareness } from 'y-protocols/awareness'
import { readCaret } from './caret-ahead.ts'
import { caretMarks } from './caret-marks.ts'
import { caretsIn } from './caret-places.ts'
import { ownCaret } from './own-caret.ts'

const key = new PluginKey<DecorationSet>('carets')

/**
 * Colleagues' carets and selections. However many people move, the text is drawn again once a frame at most, and only
 * where carets moved; not at all while a word is composed, which a caret in its line would break.
 */
export function carets(awareness: Awareness): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, shown) {
        const told: unknown = transaction.getMeta(key)
        const kept = transaction.docChanged ? shown.map(transaction.mapping, transaction.doc) : shown
        return isMove(told) ? kept.remove(told.gone).add(transaction.doc, told.come) : kept
      },
    },
    props: { decorations: state => key.getState(state) },
    view(view) {
      const marks = caretMarks(awareness)
      const own = ownCaret(view, awareness)
      let due: number | undefined
      const draw = () => {
        due = undefined
        readCaret(view)
        own.tell()
        if (view.composing) return
        const now = new Map(
          key
            .getState(view.state)
            ?.find()
            .map(mark => [nameOf(mark), mark]),
        )
        const right = new Map(
          caretsIn(awareness, view.state)
            .flatMap(marks.of)
            .map(mark => [nameOf(mark), mark]),
        )
        const gone = [...now].filter(([name]) => !right.has(name)).map(([, mark]) => mark)
        const come = [...right].filter(([name]) => !now.has(name)).map(([, mark]) => mark)
        if (gone.length + come.length > 0) view.dispatch(view.state.tr.setMeta(key, { gone, come }))
      }
      const soon = () => void (due ??= requestAnimationFrame(draw))
      awareness.on('change', soon)
      const calls = ['focus', 'compositionend'] as const
      for (const call of calls) view.dom.addEventListener(call, soon)
      soon()
      return {
        update(_view, before) {
          if (view.state.doc !== before.doc || !view.state.selection.eq(before.selection)) soon()
        },
        destroy() {
          if (due !== undefined) cancelAnimationFrame(due)
          awareness.off('change', soon)
          for (const call of calls) view.dom.removeEventListener(call, soon)
          marks.end()
          own.end()
        },
      }
    },
  })
}

interface Move {
  gone: Decoration[]
  come: Decoration[]
}
const isMove = (told: unknown): told is Move => typeof told === 'object' && told !== null && 'come' in told

const nameOf = (mark: Decoration) => {
  const spec: unknown = mark.spec
  const key = typeof spec === 'object' && spec !== null && 'key' in spec ? spec.key : ''
  return `${String(key)} ${mark.from} ${mark.to}`
}
