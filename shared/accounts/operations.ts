import { Type } from 'typebox'
import { operation, scopes } from '../operation.ts'
import { Id, Limit, shape, Time } from '../shapes.ts'
import { roles } from './contract.ts'

const Role = Type.Enum([...roles])
const State = Type.Enum(['active', 'pending', 'imported'])
const Scopes = Type.Array(Type.Enum([...scopes]), { maxItems: 10 })
const Handle = shape({ handle: Type.String() })
const Name = shape({ handle: Type.String(), name: Type.String() })
const Nothing = Type.Null()

const Suspension = Type.Union([shape({ until: Type.Union([Time, Type.Null()]), reason: Type.String() }), Type.Null()])

/** A person as everybody may see them. */
export const PersonShape = shape({
  id: Id,
  handle: Type.String(),
  name: Type.String(),
  role: Role,
  state: State,
  suspension: Suspension,
})

/** The same for those who look after accounts, and for the person. */
export const AccountShape = shape({
  ...PersonShape.properties,
  email: Type.Union([Type.String(), Type.Null()]),
  language: Type.Union([Type.String(), Type.Null()]),
  createdAt: Time,
})

const TokenProperties = {
  id: Id,
  name: Type.String(),
  scopes: Scopes,
  createdAt: Time,
  usedAt: Type.Union([Time, Type.Null()]),
}

const InvitationProperties = {
  id: Id,
  role: Role,
  createdAt: Time,
  expiresAt: Time,
  by: Type.Union([Name, Type.Null()]),
}

export const signUp = operation({
  method: 'POST',
  path: '/api/v1/people',
  summary: 'Make an account. It may have to be approved before it can write: see `state`.',
  who: 'anyone',
  scope: 'write',
  body: shape({
    handle: Type.String(),
    name: Type.String(),
    email: Type.String(),
    password: Type.String(),
    invitation: Type.Optional(Type.String()),
  }),
  reply: PersonShape,
  status: 201,
})

export const signIn = operation({
  method: 'POST',
  path: '/api/v1/session',
  summary: 'Sign in with a handle or an e-mail address; the session is a cookie.',
  who: 'anyone',
  scope: 'write',
  body: shape({ login: Type.String(), password: Type.String() }),
  reply: shape({ person: PersonShape }),
})

export const readSession = operation({
  method: 'GET',
  path: '/api/v1/session',
  summary: 'Who is asking: the person, or null.',
  who: 'anyone',
  scope: 'read',
  reply: shape({ person: Type.Union([PersonShape, Type.Null()]) }),
})

export const signOut = operation({
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'Sign out; with `everywhere`, end every session of this person.',
  who: 'anyone',
  scope: 'admin',
  query: shape({ everywhere: Type.Optional(Type.Boolean()) }),
  reply: Nothing,
  status: 204,
})

export const changePassword = operation({
  method: 'PUT',
  path: '/api/v1/password',
  summary: 'Change your password; every other session ends.',
  who: 'anyone',
  scope: 'admin',
  body: shape({ current: Type.String(), password: Type.String() }),
  reply: Nothing,
  status: 204,
})

export const makeToken = operation({
  method: 'POST',
  path: '/api/v1/tokens',
  summary: 'Make a bearer token. It is shown in this answer only.',
  who: 'member',
  scope: 'admin',
  body: shape({ name: Type.String(), scopes: Scopes }),
  reply: shape({ ...TokenProperties, token: Type.String() }),
  status: 201,
})

export const listTokens = operation({
  method: 'GET',
  path: '/api/v1/tokens',
  summary: 'Your bearer tokens, without their secrets.',
  who: 'anyone',
  scope: 'admin',
  reply: shape({ tokens: Type.Array(shape(TokenProperties)) }),
})

export const revokeToken = operation({
  method: 'DELETE',
  path: '/api/v1/tokens/:id',
  summary: 'Revoke one of your bearer tokens.',
  who: 'anyone',
  scope: 'admin',
  params: shape({ id: Type.String() }),
  reply: Nothing,
  status: 204,
})

export const listPeople = operation({
  method: 'GET',
  path: '/api/v1/people',
  summary: 'Accounts by handle, with those waiting for approval under `state=pending`.',
  who: 'moderator',
  scope: 'admin',
  query: shape({ state: Type.Optional(State), limit: Limit, after: Type.Optional(Type.String()) }),
  reply: shape({ people: Type.Array(AccountShape), next: Type.Union([Type.String(), Type.Null()]) }),
})

export const readPerson = operation({
  method: 'GET',
  path: '/api/v1/people/:handle',
  summary: 'A person by handle, in any case.',
  who: 'anyone',
  scope: 'read',
  params: Handle,
  reply: PersonShape,
})

export const changePerson = operation({
  method: 'PATCH',
  path: '/api/v1/people/:handle',
  summary: 'Change your own name or language; approve a newcomer (`state: active`); give a role.',
  who: 'member',
  scope: 'admin',
  params: Handle,
  body: Type.Object(
    {
      name: Type.Optional(Type.String()),
      language: Type.Optional(Type.Union([Type.Enum(['en', 'ar', 'fr']), Type.Null()])),
      role: Type.Optional(Role),
      state: Type.Optional(Type.Literal('active')),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  reply: PersonShape,
})

export const declinePerson = operation({
  method: 'DELETE',
  path: '/api/v1/people/:handle',
  summary: 'Turn away somebody whose account waits for approval.',
  who: 'moderator',
  scope: 'admin',
  params: Handle,
  reply: Nothing,
  status: 204,
})

export const suspendPerson = operation({
  method: 'POST',
  path: '/api/v1/people/:handle/suspensions',
  summary: 'Suspend an account: it can read, not write, until a time or (null) until lifted.',
  who: 'moderator',
  scope: 'admin',
  params: Handle,
  body: shape({ reason: Type.String(), until: Type.Optional(Type.Union([Time, Type.Null()])) }),
  reply: PersonShape,
  status: 201,
})

export const listSuspensions = operation({
  method: 'GET',
  path: '/api/v1/people/:handle/suspensions',
  summary: 'Every suspension of a person, newest first.',
  who: 'moderator',
  scope: 'admin',
  params: Handle,
  reply: shape({
    suspensions: Type.Array(
      shape({
        id: Id,
        by: Type.Union([Name, Type.Null()]),
        reason: Type.String(),
        at: Time,
        until: Type.Union([Time, Type.Null()]),
        liftedAt: Type.Union([Time, Type.Null()]),
      }),
    ),
  }),
})

export const liftSuspension = operation({
  method: 'DELETE',
  path: '/api/v1/people/:handle/suspensions',
  summary: 'Lift a person’s suspension.',
  who: 'moderator',
  scope: 'admin',
  params: Handle,
  reply: PersonShape,
})

export const invite = operation({
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Make a link with which one person may make an account. It is shown in this answer only.',
  who: 'moderator',
  scope: 'admin',
  body: shape({ role: Type.Optional(Role), days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })) }),
  reply: shape({ ...InvitationProperties, secret: Type.String(), path: Type.String() }),
  status: 201,
})

export const listInvitations = operation({
  method: 'GET',
  path: '/api/v1/invitations',
  summary: 'Invitations that nobody has used yet.',
  who: 'moderator',
  scope: 'admin',
  reply: shape({ invitations: Type.Array(shape(InvitationProperties)) }),
})

export const withdrawInvitation = operation({
  method: 'DELETE',
  path: '/api/v1/invitations/:id',
  summary: 'Withdraw an invitation.',
  who: 'moderator',
  scope: 'admin',
  params: shape({ id: Type.String() }),
  reply: Nothing,
  status: 204,
})
