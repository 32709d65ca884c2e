import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { DocumentRefused, documentFromJson } from '../../../shared/document/from-json.ts'
import { titleLimit } from '../../../shared/pages/contract.ts'
import { revisionKinds, suppressible } from '../../../shared/revisions/contract.ts'

const Key = Type.String({ minLength: 1, maxLength: 500 })
const Place = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Moment = Type.Integer({ minimum: -8.64e15, maximum: 8.64e15 })
const Name = Type.String({ minLength: 1, maxLength: 2 * titleLimit })
const orNull = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])

const Size = Type.Integer({ minimum: 1, maximum: 10_000_000 })
const Written = Type.Object({ size: Size, by: orNull(Key) })
const Kept = Type.Object({ size: Size, from: Type.Integer({ minimum: 0, maximum: 10_000_000 }) })

/**
 * What a wiki like this one says of a page beyond what any history says, under the name `wiki`. Authors are named by the
 * keys of `people`; titles and redirects are oldest first, in milliseconds.
 */
export const PageExtra = Type.Object({
  id: Uuid,
  slug: Type.String({ minLength: 1, maxLength: 1000 }),
  createdAt: Moment,
  createdBy: orNull(Key),
  deletedBy: orNull(Key),
  featured: orNull(Type.Integer()),
  titles: Type.Array(Type.Object({ title: Name, at: Moment, by: orNull(Key) })),
  redirects: Type.Array(Type.Object({ slug: Type.String({ minLength: 1, maxLength: 1000 }), at: Moment })),
  people: Type.Record(Type.String(), Type.Object({ id: Uuid, handle: Type.String(), name: Type.String() })),
})
export type PageExtra = Static<typeof PageExtra>

/**
 * The same for a revision. A revision that is meant (`source`, `revertedBy`) is named by its place in the list, from 1.
 * `document` is there where the Markdown beside it would not be read as quite the same content, whose SHA-256 is `hash`.
 * What is `hidden` was suppressed and stands nowhere in the file. `told` says whose the words are where the texts alone
 * say something else: runs of units that somebody wrote, or that stood in the text before from such a place on.
 */
export const RevisionExtra = Type.Object({
  id: Uuid,
  kind: Type.Enum([...revisionKinds]),
  title: Name,
  license: Type.String({ minLength: 1, maxLength: 100 }),
  minor: Type.Boolean(),
  publisher: orNull(Key),
  authors: Type.Array(Key),
  source: orNull(Place),
  revertedBy: orNull(Place),
  hidden: Type.Array(Type.Enum([...suppressible])),
  sections: Type.Array(Type.String()),
  words: Type.Object({ added: Type.Integer(), removed: Type.Integer() }),
  hash: orNull(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  document: Type.Optional(Type.Unknown()),
  told: Type.Optional(Type.Array(Type.Union([Written, Kept]))),
})
export type RevisionExtra = Static<typeof RevisionExtra>

/** What the importer reads of a page's line; a file may say more. */
const PageLine = Type.Object({
  path: Type.String({ minLength: 1, maxLength: 4000, pattern: '[^/\\s]' }),
  lang: Type.Optional(Type.String()),
  license: Type.Optional(Type.String()),
  source: Type.Optional(Type.String({ maxLength: 2000 })),
  moves: Type.Optional(Type.Array(Type.Object({ sha: Type.String(), from: Type.String(), to: Type.String() }))),
  revisions: Type.Array(Type.Unknown(), { maxItems: 0 }),
  wiki: Type.Optional(PageExtra),
})
export type PageLine = Static<typeof PageLine>

const common = {
  sha: Type.String({ minLength: 1, maxLength: 200 }),
  author: Type.String({ minLength: 1, maxLength: 500 }),
  timestamp: Type.String(),
  message: Type.Optional(Type.String()),
  moved: Type.Optional(Type.Object({ from: Type.String({ minLength: 1 }), to: Type.String({ minLength: 1 }) })),
}
const RevisionLine = Type.Union([
  Type.Object({ ...common, deleted: Type.Literal(true), wiki: Type.Optional(RevisionExtra) }),
  Type.Object({ ...common, text: Type.String(), wiki: Type.Optional(RevisionExtra) }),
  Type.Object({ ...common, suppressed: Type.Literal(true), wiki: RevisionExtra }),
])
export type RevisionLine = Static<typeof RevisionLine> & { at: number }

const page = Compile(PageLine)
const revision = Compile(RevisionLine)

/** What a line cannot be read for; its message says why. */
export class Unreadable extends Error {}

export function readPage(json: string): PageLine {
  const given = parse(json)
  if (page.Check(given)) return given
  throw new Unreadable(faultIn(page.Errors(given)))
}

export function readRevision(json: string): RevisionLine {
  const given = parse(json)
  if (!revision.Check(given)) throw new Unreadable(`a revision is wrong: ${faultIn(revision.Errors(given))}`)
  if (given.wiki && !isOfOneMind(given, given.wiki)) throw new Unreadable('a revision contradicts itself')
  const at = Date.parse(given.timestamp)
  if (Number.isSafeInteger(at)) return { ...given, at }
  throw new Unreadable(`“${given.timestamp.slice(0, 50)}” is no time`)
}

/** The document that a revision carries beside its text; undefined where it carries none. */
export function readDocument({ wiki }: RevisionLine) {
  if (wiki?.document === undefined) return undefined
  try {
    return documentFromJson(wiki.document)
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error
    throw new Unreadable(`a document is wrong: ${error.message}`)
  }
}

/** What has no text is a deletion or suppressed, and says so in both places. */
const isOfOneMind = (line: Static<typeof RevisionLine>, { kind, hidden }: RevisionExtra) =>
  'deleted' in line === (kind === 'deletion') &&
  'suppressed' in line === (hidden.includes('text') && !('deleted' in line))

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new Unreadable('it is no JSON')
  }
}

const faultIn = ([first]: { instancePath: string; message: string }[]) =>
  first ? `${first.instancePath || 'it'} ${first.message}` : 'it has another form'
