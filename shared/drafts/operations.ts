import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { Id, shape } from '../shapes.ts'
import { RescuedPassage } from './contract.ts'

export const listRescued = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/rescued',
  summary: 'Words of yours that lost their place in this page’s draft, kept until you settle them.',
  who: 'member',
  scope: 'read',
  params: shape({ id: Id }),
  reply: shape({ passages: Type.Array(RescuedPassage) }),
})

export const settleRescued = operation({
  method: 'DELETE',
  path: '/api/v1/pages/:id/rescued/:passage',
  summary: 'Settles a rescued passage of yours: it is back in the page, or no longer wanted.',
  who: 'member',
  scope: 'write',
  params: shape({ id: Id, passage: Id }),
  reply: Type.Null(),
})
