import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'

/** What a person does with their hands; the numbers choose a place among those that there are. */
export interface Handwork {
  kind: (typeof handwork)[number]
  where: number
  at: number
  size: number
}

export const handwork = [
  'type',
  'erase',
  'remove',
  'split',
  'join',
  'heading',
  'bullet',
  'indent',
  'outdent',
  'strong',
  'wrap',
  'unwrap',
  'table',
  'row',
  'column',
  'move',
  'undo',
  'redo',
] as const

/** Where somebody writes: a draft with what stands between it and their hands. */
export interface Desk {
  readonly ydoc: Y.Doc
  /** Does one thing, or nothing where it makes no sense; `word` makes something to type. */
  perform(deed: Handwork, word: () => string): void
  /** What they see. */
  shows(): Node
  /** The server has changed the draft, so nothing before that is taken back any more. */
  forgetUndo(): void
  close(): void
}

/** One of several, whatever the number. */
export const pick = <Thing>(things: readonly Thing[], at: number): Thing | undefined => things[at % things.length]
