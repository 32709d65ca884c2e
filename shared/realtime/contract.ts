import { type Static, Type } from 'typebox'
import { shape } from '../shapes.ts'

/** How a person is shown beside their cursor. The server says it; what clients send of it is ignored. */
export const PresenceUser = shape({
  name: Type.String(),
  handle: Type.String(),
  /** 1 to 8, as in the style sheets. */
  colour: Type.Integer(),
  /** `#rrggbb`, and the same made light, for y-prosemirror. */
  color: Type.String(),
  colorLight: Type.String(),
})
export type PresenceUser = Static<typeof PresenceUser>

/** Message 120: what the server knows of this connection, sent on opening and again when the right to write changes. */
export const Hello = shape({
  epoch: Type.Integer(),
  headSeq: Type.Integer(),
  schemaVersion: Type.Integer(),
  canWrite: Type.Boolean(),
  /** Why not, where it cannot: a key under `realtime.readonly`. */
  reason: Type.Union([
    Type.Literal('visitor'),
    Type.Literal('pending'),
    Type.Literal('suspended'),
    Type.Literal('token'),
    Type.Literal('rights'),
    Type.Null(),
  ]),
  /** When the right comes back, if that is known. */
  until: Type.Union([Type.Integer(), Type.Null()]),
  /** What a moderator wrote to them about it. */
  words: Type.Optional(Type.String()),
  user: Type.Union([PresenceUser, Type.Null()]),
  /** False where `?client=` names an id that belongs to somebody else: take another one. */
  clientIdOk: Type.Boolean(),
})
export type Hello = Static<typeof Hello>
export type ReadonlyReason = NonNullable<Hello['reason']>

/** Message 122: an edit of this connection was not accepted. The words are still on the device. */
export const Rejected = shape({
  reason: Type.Union([
    Type.Literal('readonly'),
    Type.Literal('malformed'),
    Type.Literal('root'),
    Type.Literal('content'),
    Type.Literal('client-id'),
    Type.Literal('schema'),
    Type.Literal('too-large'),
  ]),
  details: Type.Optional(Type.Array(Type.String())),
})
export type Rejected = Static<typeof Rejected>

/** Message 123: something happened to the draft that an editor should tell or act on. */
export const DraftEvent = Type.Union([
  /** The server changed the draft: a restore, an undo, an edit through the API. Undo stacks are to be cleared. */
  shape({
    kind: Type.Literal('changed'),
    change: Type.String(),
    /** A name. */
    by: Type.Union([Type.String(), Type.Null()]),
    seq: Type.Integer(),
  }),
  shape({
    kind: Type.Literal('published'),
    by: Type.Union([Type.String(), Type.Null()]),
    revision: Type.Integer(),
    revisionKind: Type.String(),
  }),
  /** Words of yours lost their place; they are under `/api/v1/pages/:id/rescued`. */
  shape({ kind: Type.Literal('rescued'), passage: Type.String() }),
])
export type DraftEvent = Static<typeof DraftEvent>
