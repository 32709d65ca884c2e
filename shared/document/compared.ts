import type { Mark, Node } from 'prosemirror-model'

export type ComparedBlock = {
  /** `moved` stands at its new place, and may have changed on the way; `restyled` has the same words, but other attributes or formatting. */
  status: 'kept' | 'inserted' | 'removed' | 'moved' | 'changed' | 'restyled'
  /** As it is now; of a removed one, as it was. */
  node: Node
  /** As it was, if it is still there and differs. */
  was: Node | undefined
  /** Of a block made of others (parted, joined, of another type) the old text blocks whose words are in it. */
  origins: Node[]
  /** Begins within what was one block with the end of the block before. */
  parted: boolean
  /** Which child of its parent it was and is now; undefined where it did not stand or stands no more. */
  from: number | undefined
  to: number | undefined
  /** The names of the attributes that differ. */
  attributes: string[]
  /** The words of a line, caption or code block that differs. */
  segments: Segment[]
  /** The rows of a table that differs, their cells, the blocks inside a cell, callout or details. */
  children: ComparedBlock[]
}

export type Segment = {
  /** The last two hold nothing: here what was another block goes on, or what was the same one goes on in the next. */
  status: 'kept' | 'inserted' | 'removed' | 'reformatted' | 'changed' | 'joined' | 'parted'
  /** Text and inline nodes, with their marks as they are now. */
  nodes: Node[]
  /** The marks that reformatted words had before. */
  was: readonly Mark[]
  /** What changed inside a footnote. */
  segments: Segment[]
}

/** A block of which nothing else is to be told. */
export function whole(status: ComparedBlock['status'], node: Node): ComparedBlock {
  const nothing = { was: undefined, from: undefined, to: undefined, attributes: [], segments: [], children: [] }
  return { status, node, origins: [], parted: false, ...nothing }
}
