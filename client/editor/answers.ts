import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { inlineText } from '../../shared/document/text.ts'
import type { Ask } from './asks.ts'
import type { Editor } from './editor.ts'
import type { SaveState } from './parts/save-state.ts'
import type { Room } from './room.ts'

/** Opens what was asked for. Each dialog is a chunk of its own, loaded when somebody first wants it. */
export async function answer(what: Ask, room: Room, view: EditorView | undefined, editor: Editor) {
  if (what === 'where') return showWhere(room, editor)
  if (what === 'help') return (await import('./dialogs/help.ts')).showHelp()
  if (!view) return
  if (what === 'publish') return publish(room, view, editor)
  if (what === 'preview') return (await import('./dialogs/preview.ts')).showPreview(view.state.doc, editor.language)
  if (room.isReadOnly && what !== 'source') return
  if (what === 'source') await (await import('./dialogs/source.ts')).showSource(room.draft.fragment, room.isReadOnly)
  else if (what === 'link') await (await import('./dialogs/link.ts')).askLink(view)
  else {
    const small = await import('./dialogs/small.ts')
    const asks: Partial<Record<Ask, (view: EditorView) => Promise<void>>> = {
      figure: small.askFigure,
      formula: small.askFormula,
      language: small.askLanguage,
      start: small.askStart,
      caption: small.askCaption,
    }
    await asks[what]?.(view)
  }
  if (!view.isDestroyed) view.focus()
}

/** Brings what is wanted where there is no connection: a dialog that is not here yet could not be fetched then. */
export const preload = () =>
  Promise.allSettled([
    import('./dialogs/where.ts'),
    import('./dialogs/help.ts'),
    import('./dialogs/link.ts'),
    import('./dialogs/small.ts'),
    import('../../shared/document/markdown.ts'),
  ])

async function showWhere(room: Room, editor: Editor) {
  const [{ showWhere: show }, { toMarkdown }] = await Promise.all([
    import('./dialogs/where.ts'),
    import('../../shared/document/markdown.ts'),
  ])
  const state = editor.querySelector<SaveState>('cl-save-state')
  if (state) state.isOpen = true
  await show({
    draft: room.draft,
    head: room.head,
    others: () => room.people.map(({ person }) => person.firstName),
    text: () => (room.writing ? toMarkdown(room.writing.view.state.doc) : ''),
  })
  if (state) state.isOpen = false
}

async function publish(room: Room, view: EditorView, editor: Editor) {
  const dialog = await import('./dialogs/publish.ts')
  const published = await dialog.publish({
    page: room.page,
    head: room.head,
    licence: { id: editor.licence, name: editor.licenceName || editor.licence, url: editor.licenceUrl },
    slug: editor.slug,
    section: sectionAt(view.state),
    barrier: () => room.draft.barrier(),
    others: room.people.flatMap(({ person, section }) => (section === undefined ? [] : [person.name])),
  })
  if (published !== undefined) location.assign(`/wiki/${encodeURIComponent(editor.slug)}`)
  else if (!view.isDestroyed) view.focus()
}

/** The heading under which the caret stands; empty before the first. */
function sectionAt({ doc, selection }: EditorState): string {
  const upTo = doc.children.slice(0, selection.$head.index(0) + 1)
  const heading = upTo.findLast(({ type, attrs }) => type.name === 'line' && attrs['kind'] === 'heading')
  return heading ? inlineText(heading).replaceAll('\n', ' ').trim() : ''
}
