import { type Command, EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import { schema } from '../../shared/document/schema.ts'

type Attributes = Record<string, unknown>

/** A line; `|` marks the caret, two of them a selection. */
export const line = (text: string, attrs: Attributes = {}): Node =>
  schema.node('line', attrs, text ? [schema.text(text)] : [])
export const doc = (...blocks: Node[]): Node => schema.node('doc', null, blocks)

/** A state on a document whose text holds the caret as `|`. */
export function stateOf(...blocks: Node[]): EditorState {
  let state = EditorState.create({ doc: doc(...blocks) })
  const places: number[] = []
  for (let at = find(state.doc); at !== undefined; at = find(state.doc)) {
    places.push(at)
    state = state.apply(state.tr.delete(at, at + 1))
  }
  const [anchor, head] = places
  if (anchor === undefined) return state
  return state.apply(
    state.tr.setSelection(TextSelection.between(state.doc.resolve(anchor), state.doc.resolve(head ?? anchor))),
  )
}

function find(document: Node): number | undefined {
  let found: number | undefined
  document.descendants((node, pos) => {
    const at = node.isText ? (node.text ?? '').indexOf('|') : -1
    if (found === undefined && at >= 0) found = pos + at
  })
  return found
}

/** The state after a command; throws where it does not apply. */
export function after(state: EditorState, ...commands: Command[]): EditorState {
  let current = state
  for (const command of commands) {
    const done = command(current, (transaction: Transaction) => {
      current = current.apply(transaction)
    })
    if (!done) throw new Error('the command does not apply here')
  }
  return current
}

/** The document with the caret written into it, one block a line: `bullet:1> te|xt`. */
export function shown(state: EditorState): string[] {
  const { from, to, empty } = state.selection
  const marked = state.tr.insertText('|', to)
  if (!empty) marked.insertText('|', from)
  const rows: string[] = []
  const look = (node: Node, prefix: string) => {
    for (const child of node.children) {
      const { kind, level, indent, quote, checked, start } = child.attrs
      const name = child.type.name === 'line' ? String(kind) : child.type.name
      const more = [
        kind === 'heading' ? String(level) : '',
        indent ? `:${String(indent)}` : '',
        '>'.repeat(Number(quote ?? 0)),
        kind === 'task' && checked ? 'x' : '',
        kind === 'ordered' && start !== null ? `=${String(start)}` : '',
      ].join('')
      if (child.inlineContent || child.childCount === 0)
        rows.push(`${prefix}${name}${more} ${child.textContent}`.trimEnd())
      else {
        rows.push(`${prefix}${name}${more}`)
        look(child, `${prefix}  `)
      }
    }
  }
  look(marked.doc, '')
  return rows
}
