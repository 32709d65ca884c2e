import type { EditorView } from 'prosemirror-view'

/** A question that is asked in a dialog, or something that reaches beyond the text. */
export type Ask =
  | 'link'
  | 'figure'
  | 'formula'
  | 'language'
  | 'start'
  | 'caption'
  | 'source'
  | 'help'
  | 'publish'
  | 'preview'
  | 'where'
  | 'moveUp'
  | 'moveDown'

export type Asking = (what: Ask, view: EditorView) => void
