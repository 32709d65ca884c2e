import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { shape } from '../shapes.ts'

const SignUp = Type.Enum(['open', 'approval', 'invitation', 'closed'])

const SiteShape = shape({
  name: Type.String(),
  /** What people write in, the wiki's own language first. */
  languages: Type.Array(Type.String()),
  licence: shape({ id: Type.String(), name: Type.String(), url: Type.Union([Type.String(), Type.Null()]) }),
  signUp: SignUp,
})

export const readSite = operation({
  method: 'GET',
  path: '/api/v1/site',
  summary: 'The wiki’s name, languages, licence, and who may sign up.',
  who: 'anyone',
  scope: 'read',
  reply: SiteShape,
})

export const changeSite = operation({
  method: 'PATCH',
  path: '/api/v1/site',
  summary: 'Change the wiki’s choices. Another licence is for new pages only.',
  who: 'administrator',
  scope: 'admin',
  body: Type.Object(
    {
      name: Type.Optional(Type.String()),
      languages: Type.Optional(Type.Array(Type.String(), { maxItems: 50 })),
      licence: Type.Optional(Type.String()),
      signUp: Type.Optional(SignUp),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  reply: SiteShape,
})
