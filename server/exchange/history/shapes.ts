import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** What the importer reads of a page's line; a file may say more. */
const PageLine = Type.Object({
  path: Type.String({ minLength: 1, maxLength: 4000, pattern: '[^/\\s]' }),
  lang: Type.Optional(Type.String()),
  license: Type.Optional(Type.String()),
  source: Type.Optional(Type.String({ maxLength: 2000 })),
  moves: Type.Optional(Type.Array(Type.Object({ sha: Type.String(), from: Type.String(), to: Type.String() }))),
  revisions: Type.Array(Type.Unknown(), { maxItems: 0 }),
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
  Type.Object({ ...common, deleted: Type.Literal(true) }),
  Type.Object({ ...common, text: Type.String() }),
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
  const at = Date.parse(given.timestamp)
  if (!Number.isSafeInteger(at)) throw new Unreadable(`“${given.timestamp.slice(0, 50)}” is no time`)
  return { ...given, at }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new Unreadable('it is no JSON')
  }
}

const faultIn = ([first]: { instancePath: string; message: string }[]) =>
  first ? `${first.instancePath || 'it'} ${first.message}` : 'it has another form'
