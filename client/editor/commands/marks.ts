import { toggleMark } from 'prosemirror-commands'
import type { MarkType } from 'prosemirror-model'
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { isSafeAddress } from '../../../shared/document/addresses.ts'
import { type MarkName, schema } from '../../../shared/document/schema.ts'

export const toggle = (name: MarkName): Command => toggleMark(schema.marks[name])

/** Whether the mark holds here: on all of the selection, or on what would be typed next. */
export function hasMark(state: EditorState, name: MarkName): boolean {
  const type = schema.marks[name]
  const { from, to, empty, $from } = state.selection
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  return state.doc.rangeHasMark(from, to, type)
}

/** Where the link around the caret begins and ends, with its address. */
export function linkAt(state: EditorState): { from: number; to: number; href: string } | undefined {
  const found = runAt(state, schema.marks.link)
  return found && { from: found.from, to: found.to, href: String(found.attrs['href']) }
}

function runAt(state: EditorState, type: MarkType) {
  const { $from } = state.selection
  const parent = $from.parent
  if (!parent.inlineContent) return undefined
  const mark = [$from.nodeAfter, $from.nodeBefore].map(node => node && type.isInSet(node.marks)).find(Boolean)
  if (!mark) return undefined
  let [from, to] = [$from.pos, $from.pos]
  parent.forEach((child, offset) => {
    const [start, end] = [$from.start() + offset, $from.start() + offset + child.nodeSize]
    if (!mark.isInSet(child.marks) || end < from || start > to) return
    from = Math.min(from, start)
    to = Math.max(to, end)
  })
  return { from, to, attrs: mark.attrs }
}

/** Links the selected words (or the whole link under the caret, or new words) to an address; refuses unsafe ones. */
export function setLink(href: string, words?: string): Command {
  return (state, dispatch) => {
    if (!isSafeAddress(href) || href.trim() === '' || state.selection.$from.parent.type.spec.code) return false
    const around = linkAt(state)
    const { from, to } = state.selection.empty && around ? around : state.selection
    const mark = schema.marks.link.create({ href: href.trim() })
    if (dispatch) {
      const change = state.tr
      if (from === to) change.insert(from, schema.text(words || href, mark.addToSet(state.selection.$from.marks())))
      else change.removeMark(from, to, schema.marks.link).addMark(from, to, mark)
      const end = from === to ? from + (words || href).length : to
      dispatch(
        change.setSelection(TextSelection.create(change.doc, end)).removeStoredMark(schema.marks.link).scrollIntoView(),
      )
    }
    return true
  }
}

export const removeLink: Command = (state, dispatch) => {
  const around = state.selection.empty ? linkAt(state) : state.selection
  if (!around || !state.doc.rangeHasMark(around.from, around.to, schema.marks.link)) return false
  dispatch?.(state.tr.removeMark(around.from, around.to, schema.marks.link))
  return true
}

/** Says which language the selected words are in, so that they are spoken, hyphenated and turned the right way. */
export function setLanguage(lang: string, dir: 'ltr' | 'rtl' | null): Command {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection
    if (empty) return false
    const change = state.tr.removeMark(from, to, schema.marks.lang)
    if (lang) change.addMark(from, to, schema.marks.lang.create({ lang, dir }))
    dispatch?.(change)
    return true
  }
}
