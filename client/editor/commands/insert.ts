import { Fragment, type Node, Slice } from 'prosemirror-model'
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import { schema } from '../../../shared/document/schema.ts'
import { blocksIn, depthOf } from './blocks.ts'

/** Puts a block below the line with the caret, or in its place where that is an empty paragraph. */
export function insertBlock(make: () => Node): Command {
  return (state, dispatch) => {
    const { $from } = state.selection
    const place = placeFor(state)
    if (!place || !allows(state, place.from, make())) return false
    if (!dispatch) return true
    const node = make()
    const around = blocksIn(state)[0]?.node
    const placedNode =
      around && 'indent' in node.attrs ? node.type.create({ ...node.attrs, ...depthOf(around) }, node.content) : node
    const isLast = $from.doc.resolve(place.to).nodeAfter === null
    const follow = isLast ? [schema.node('line')] : []
    const change = state.tr.replaceWith(place.from, place.to, [placedNode, ...follow])
    dispatch(select(change, place.from, placedNode).scrollIntoView())
    return true
  }
}

function placeFor(state: EditorState): { from: number; to: number } | undefined {
  const last = blocksIn(state).at(-1)
  if (!last) return undefined
  const after = last.pos + last.node.nodeSize
  const isBlank = last.node.type === schema.nodes.line && last.node.content.size === 0 && !last.node.attrs['checked']
  return { from: isBlank ? last.pos : after, to: after }
}

function allows(state: EditorState, at: number, node: Node): boolean {
  const $at = state.doc.resolve(at)
  // The first line of details is its summary: nothing else can take its place.
  if ($at.parent.type === schema.nodes.details && $at.index() === 0) return false
  return $at.parent.canReplaceWith($at.index(), $at.index(), node.type)
}

function select(change: Transaction, at: number, node: Node): Transaction {
  if (node.isAtom || node.isLeaf) {
    const next = change.doc.resolve(at + node.nodeSize)
    return change.setSelection(TextSelection.near(next))
  }
  return change.setSelection(TextSelection.near(change.doc.resolve(at + 1)))
}

export const insertRule = insertBlock(() => schema.node('rule'))
export const insertFigure = (
  attrs: { src: string; alt: string; decorative: boolean; credit: string },
  caption: string,
) => insertBlock(() => schema.node('figure', attrs, caption ? [schema.text(caption)] : []))

/** A table of so many rows and columns, its first row heading the columns. */
export function insertTable(rows: number, columns: number): Command {
  return insertBlock(() =>
    schema.node(
      'table',
      null,
      Array.from({ length: rows }, (_, row) =>
        schema.node(
          'row',
          null,
          Array.from({ length: columns }, () =>
            schema.node(row === 0 ? 'header_cell' : 'cell', null, [schema.node('line')]),
          ),
        ),
      ),
    ),
  )
}

/** Puts something into the line: a formula, a link to a page, a picture. */
export function insertInline(node: Node): Command {
  return (state, dispatch) => {
    const { $from } = state.selection
    if (!$from.parent.inlineContent || !$from.parent.canReplaceWith($from.index(), $from.index(), node.type))
      return false
    dispatch?.(state.tr.replaceSelectionWith(node, false).scrollIntoView())
    return true
  }
}

/** A footnote where the caret is, with the caret in it. Selected words become its text. */
export const insertFootnote: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  if ($from.parent.type !== schema.nodes.line || !$from.sameParent($to)) return false
  const inside: Node[] = []
  $from.parent.slice($from.parentOffset, $to.parentOffset).content.forEach(node => {
    if (node.type !== schema.nodes.footnote) inside.push(node)
  })
  if (dispatch) {
    const note = schema.node('footnote', null, inside)
    const change = state.tr.replace($from.pos, $to.pos, new Slice(Fragment.from(note), 0, 0))
    dispatch(change.setSelection(TextSelection.create(change.doc, $from.pos + note.nodeSize - 1)).scrollIntoView())
  }
  return true
}

/** Makes the line a block of code or a formula; selected lines become lines of it. */
export function toVerbatim(name: 'code_block' | 'math', language = ''): Command {
  return (state, dispatch) => {
    const blocks = blocksIn(state)
    const [first, last] = [blocks[0], blocks.at(-1)]
    if (!first || !last || !blocks.every(({ node }) => node.isTextblock)) return false
    const $first = state.doc.resolve(first.pos)
    if ($first.parent.type === schema.nodes.details && $first.index() === 0) return false
    if (dispatch) {
      const text = blocks.map(({ node }) => node.textBetween(0, node.content.size, '', '\n')).join('\n')
      const depth = depthOf(first.node)
      const attrs = name === 'code_block' ? { language, ...depth } : depth
      const block = schema.node(name, attrs, text ? [schema.text(text)] : [])
      const change = state.tr.replaceWith(first.pos, last.pos + last.node.nodeSize, block)
      const caret = Math.min(change.doc.content.size, first.pos + 1 + text.length)
      dispatch(change.setSelection(TextSelection.create(change.doc, caret)).scrollIntoView())
    }
    return true
  }
}
