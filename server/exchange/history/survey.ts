import { addressFrom, type Address, formerAddresses, type Move } from './addresses.ts'
import { piecesOf } from './pieces.ts'
import { pace } from '../../pace.ts'
import { cleanSlug, slugKey } from '../../../shared/pages/slug.ts'
import {
  type PageExtra,
  type PageLine,
  readDocument,
  readPage,
  readRevision,
  type RevisionLine,
  Unreadable,
} from './shapes.ts'

/** A line that could not be imported, and why. */
export interface Fault {
  line: number
  message: string
}

/** What is known of a page before its revisions are read once more. */
export interface Surveyed {
  line: number
  page: PageLine
  revisions: number
  slug: string
  /** Where it was before, oldest first. */
  former: Address[]
  /** The path that it had at first; moves change it. */
  firstPath: string
}

export interface Survey {
  /** By line. */
  pages: Map<number, Surveyed>
  faults: Fault[]
  revisions: number
}

/** Reads a file through without changing anything, so that damage is known before a page is begun. */
export async function survey(path: string): Promise<Survey> {
  const found: Survey = { pages: new Map(), faults: [], revisions: 0 }
  const breathe = pace()
  let line = new LineSurvey()
  for await (const piece of piecesOf(path)) {
    await breathe()
    if (piece.kind === 'revision') {
      line.add(piece.json)
      continue
    }
    const seen = piece.kind === 'page' ? line.end(piece.line, piece.json) : piece.why
    if (typeof seen === 'string') found.faults.push({ line: piece.line, message: seen })
    else {
      found.pages.set(piece.line, seen)
      found.revisions += seen.revisions
    }
    line = new LineSurvey()
  }
  return found
}

/** What one line says, as its pieces come by. */
class LineSurvey {
  #fault: string | undefined
  #revisions = 0
  #moves: Move[] = []
  #times = new Map<string, number>()
  #endsHidden = false

  add(json: string) {
    if (this.#fault !== undefined) return
    const revision = this.#try(() => {
      const read = readRevision(json)
      readDocument(read)
      return read
    })
    if (revision) this.#note(revision)
  }

  /** The page, or what is wrong with its line. */
  end(line: number, json: string): Surveyed | string {
    const page = this.#try(() => readPage(json))
    if (!page) return this.#fault ?? 'it cannot be read'
    if (this.#revisions === 0) return 'it has no revisions'
    if (this.#endsHidden) return 'its newest revision is suppressed, so there is nothing to show'
    if (page.wiki) return { line, page, revisions: this.#revisions, firstPath: page.path, ...addressesOf(page.wiki) }
    const listed = (page.moves ?? []).map(({ sha, from, to }) => ({ from, to, at: this.#times.get(sha) ?? 0 }))
    const moves = this.#moves.length > 0 ? this.#moves : listed
    const { former, firstPath } = formerAddresses(page, moves)
    return { line, page, revisions: this.#revisions, slug: addressFrom(page.path), former, firstPath }
  }

  #note({ sha, at, moved, ...said }: RevisionLine) {
    this.#revisions++
    this.#endsHidden = 'suppressed' in said
    this.#times.set(sha, at)
    if (moved) this.#moves.push({ ...moved, at })
  }

  #try<Read>(read: () => Read): Read | undefined {
    if (this.#fault !== undefined) return undefined
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#fault = error.message
      return undefined
    }
  }
}

/** Where a page lives and lived in its own wiki. */
function addressesOf({ slug, redirects }: PageExtra) {
  const former = redirects.flatMap(({ slug: left, at }) => {
    const clean = cleanSlug(left)
    return clean === '' || slugKey(clean) === slugKey(slug) ? [] : [{ slug: clean, at }]
  })
  return { slug, former }
}
