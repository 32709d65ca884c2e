import { Fragment, type Node, Slice } from 'prosemirror-model'
import { type EditorState, Plugin, Selection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { emptyDocument, schema } from '../../shared/document/schema.ts'
import { looksLikeMarkdown } from './paste/looks.ts'

/** What this wiki's own editors read, so that nothing is lost between two of its pages. */
const own = 'application/x-commonleaf-slice+json'

/** Copying gives clean HTML and plain text; pasting reads HTML, and text that looks like Markdown. */
export function clipboard(): Plugin {
  let isPlain = false
  return new Plugin({
    props: {
      handleKeyDown(_view, event) {
        isPlain = event.key.toLowerCase() === 'v' && event.shiftKey && (event.ctrlKey || event.metaKey)
        return false
      },
      handleDOMEvents: { copy: (view, event) => copy(view, event), cut: (view, event) => copy(view, event, true) },
      handlePaste(view, event) {
        const isAsked = isPlain
        isPlain = false
        const given = event.clipboardData
        if (!given || isAsked || view.state.selection.$from.parent.type.spec.code)
          return plainly(view, given?.getData('text/plain'))
        const slice = ownSlice(given.getData(own))
        if (slice) {
          insert(view, slice)
          return true
        }
        const [markup, text] = [given.getData('text/html'), given.getData('text/plain')]
        if (markup) return later(view, () => import('./paste/from-html.ts').then(({ read }) => read(markup)))
        if (looksLikeMarkdown(text))
          return later(view, () => import('./paste/from-markdown.ts').then(({ read }) => read(text)))
        return plainly(view, text)
      },
    },
  })
}

function copy(view: EditorView, event: ClipboardEvent, isCut = false): boolean {
  const { state } = view
  if (state.selection.empty || !event.clipboardData) return false
  const slice = state.selection.content()
  const { dom, text } = view.serializeForClipboard(slice)
  event.preventDefault()
  event.clipboardData.setData(own, JSON.stringify(slice.toJSON()))
  event.clipboardData.setData('text/html', clean(dom))
  event.clipboardData.setData('text/plain', text)
  if (isCut && view.editable) view.dispatch(state.tr.deleteSelection().scrollIntoView().setMeta('uiEvent', 'cut'))
  return true
}

/** Without the editor's own classes and boxes, which mean nothing elsewhere. */
function clean(dom: HTMLElement): string {
  for (const box of dom.querySelectorAll('.task-box')) box.replaceWith(box.querySelector('[checked]') ? '☑ ' : '☐ ')
  for (const element of dom.querySelectorAll('*'))
    for (const name of element.getAttributeNames())
      if (!['href', 'src', 'alt', 'title', 'start', 'lang', 'colspan', 'rowspan'].includes(name))
        element.removeAttribute(name)
  return dom.innerHTML
}

function ownSlice(json: string): Slice | undefined {
  if (!json) return undefined
  try {
    const slice = Slice.fromJSON(schema, JSON.parse(json))
    // Any page can put anything on the clipboard; what is no document is read as HTML instead.
    slice.content.forEach(node => node.check())
    return slice
  } catch {
    return undefined
  }
}

/** The readers load when they are first needed; what is pasted goes where the caret is then. */
function later(view: EditorView, read: () => Promise<Node>): true {
  void read().then(document => {
    if (!view.isDestroyed && !document.eq(emptyDocument())) insert(view, sliceOf(document))
  })
  return true
}

/** Plain first and last lines flow into the text around; headings, items and other blocks stay blocks. */
export function sliceOf(document: Node): Slice {
  const flows = (node: Node | null) =>
    node?.type === schema.nodes.line && node.attrs['kind'] === 'paragraph' && node.attrs['quote'] === 0 ? 1 : 0
  return new Slice(document.content, flows(document.firstChild), flows(document.lastChild))
}

function insert(view: EditorView, slice: Slice) {
  view.dispatch(pasted(view.state, slice).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'))
}

/** Puts it in place of the selection, with the caret behind it. */
export function pasted(state: EditorState, slice: Slice): Transaction {
  const change = state.tr.replaceSelection(slice)
  const end = change.doc.resolve(change.mapping.map(state.selection.to))
  return change.setSelection(Selection.near(end, -1))
}

function plainly(view: EditorView, text: string | undefined): boolean {
  if (!text) return false
  if (view.state.selection.$from.parent.type.spec.code) {
    view.dispatch(view.state.tr.insertText(text.replaceAll('\r\n', '\n')).scrollIntoView())
    return true
  }
  const lines = text.split(/(?:\r\n?|\n)+/u).filter((line, index, all) => line !== '' || all.length === 1)
  const blocks = lines.map(line => schema.node('line', null, line ? [schema.text(line)] : []))
  insert(view, new Slice(Fragment.from(blocks), 1, 1))
  return true
}
