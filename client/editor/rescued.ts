import { Fragment, Node, Slice } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import { schema } from '../../shared/document/schema.ts'
import type { listRescued, settleRescued } from '../../shared/drafts/operations.ts'
import { call } from '../call.ts'
import { pasted, sliceOf } from './clipboard.ts'

/** What of one's own words lost its place on this page; nothing where the server cannot be asked. */
export async function passagesOn(page: string): Promise<RescuedPassage[]> {
  const params = { id: page }
  const found = await call<typeof listRescued>('GET', '/api/v1/pages/:id/rescued', { params }).catch(() => undefined)
  return found?.passages ?? []
}

export const settle = (page: string, passage: string) =>
  call<typeof settleRescued>('DELETE', '/api/v1/pages/:id/rescued/:passage', { params: { id: page, passage } })

/** Puts the words where the caret is, with their formatting. */
export function putBack(view: EditorView, passage: RescuedPassage) {
  view.dispatch(pasted(view.state, sliceFrom(passage)).scrollIntoView())
  view.focus()
}

function sliceFrom({ document, text }: RescuedPassage): Slice {
  try {
    const node = Node.fromJSON(schema, document)
    node.check()
    return sliceOf(node)
  } catch {
    return new Slice(Fragment.from(schema.node('line', null, text ? [schema.text(text)] : [])), 1, 1)
  }
}
