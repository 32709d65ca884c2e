import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { shape } from '../shapes.ts'

export const listLicences = operation({
  method: 'GET',
  path: '/api/v1/licences',
  summary: 'Every licence the wiki knows; `mayBeDefault` where a wiki may choose it for what is written there.',
  who: 'anyone',
  scope: 'read',
  reply: shape({
    licences: Type.Array(
      shape({
        id: Type.String(),
        name: Type.String(),
        url: Type.Union([Type.String(), Type.Null()]),
        conditions: Type.Array(Type.String()),
        mayBeDefault: Type.Boolean(),
      }),
    ),
  }),
})
