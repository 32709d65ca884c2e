import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { Cursor, Id, Limit, shape } from '../shapes.ts'
import { DiscardBody, DiscardJson, DraftChangesJson, WaitingDraftJson } from './taming.ts'

export const listDraftChanges = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/draft/changes',
  summary: 'What the draft of a page changes against its newest revision, by whom and since when.',
  who: 'member',
  scope: 'read',
  params: shape({ id: Id }),
  reply: DraftChangesJson,
})

export const discardChanges = operation({
  method: 'POST',
  path: '/api/v1/pages/:id/discards',
  summary:
    'Take unpublished changes out of the draft: your own, all, or those with these ids. The words are kept for whoever wrote them.',
  who: 'member',
  scope: 'write',
  params: shape({ id: Id }),
  body: DiscardBody,
  reply: DiscardJson,
  status: 201,
})

export const undoDiscard = operation({
  method: 'DELETE',
  path: '/api/v1/pages/:id/discards/:discard',
  summary: 'Bring back into the draft what was discarded.',
  who: 'member',
  scope: 'write',
  params: shape({ id: Id, discard: Id }),
  reply: Type.Null(),
})

export const listDrafts = operation({
  method: 'GET',
  path: '/api/v1/drafts',
  summary: 'Pages whose drafts say something that is not published, oldest first; `next` goes into `after` to read on.',
  who: 'member',
  scope: 'read',
  query: shape({ limit: Limit, after: Cursor }),
  reply: shape({ drafts: Type.Array(WaitingDraftJson), next: Type.Union([Type.String(), Type.Null()]) }),
})
