import type { Conflict } from '../../shared/document/merge.ts'
import type { Node } from 'prosemirror-model'
import type { Page } from '../pages/index.ts'
import { Refusal } from '../refusal.ts'

export class RevisionNotFound extends Refusal {
  constructor(number: number) {
    super(404, 'revisions/not-found', { values: { number } })
  }
}

/** A deletion has no text to read, compare or restore. */
export class NoText extends Refusal {
  constructor(number: number) {
    super(422, 'revisions/no-text', { values: { number } })
  }
}

/** What a revision said was suppressed: it is there, and nobody is shown it. */
export class TextHidden extends Refusal {
  constructor(number: number) {
    super(410, 'revisions/text-hidden', { values: { number }, titleKey: 'revisions.text-hidden' })
  }
}

export class NothingChanged extends Refusal {
  constructor({ title }: Page) {
    super(409, 'revisions/nothing-changed', { values: { title } })
  }
}

/** Somebody has unpublished words in the draft, and the content that came says nothing of what it was based on. */
export class DraftMoved extends Refusal {
  constructor(page: Page) {
    super(409, 'revisions/draft-moved', { values: { title: page.title }, details: { head: page.head } })
  }
}

export class WordsOverlap extends Refusal {
  constructor(conflicts: readonly Conflict[]) {
    const json = (node: Node | undefined): unknown => node?.toJSON() ?? null
    super(409, 'revisions/conflict', {
      values: { count: conflicts.length },
      details: {
        conflicts: conflicts.map(({ kind, path, base, ours, theirs }) => ({
          kind,
          path,
          base: json(base),
          draft: json(ours),
          given: json(theirs),
        })),
      },
    })
  }
}

export class UnknownBase extends Refusal {
  constructor(number: number) {
    super(422, 'revisions/unknown-base', { values: { number } })
  }
}

export class RevisionActRefused extends Refusal {
  constructor(act: 'publish' | 'restore' | 'undo' | 'roll-back' | 'create' | 'suppress') {
    super(403, `revisions/may-not-${act}`)
  }
}

/** What readers see now cannot be hidden from them: it has to be taken back first. */
export class HeadText extends Refusal {
  constructor(number: number) {
    super(409, 'revisions/head-text', { values: { number } })
  }
}

export class SuppressionUnexplained extends Refusal {
  constructor() {
    super(422, 'revisions/suppression-reason')
  }
}

/** A query that asks for what no answer has named. */
export class Malformed extends Refusal {
  constructor(what: string) {
    super(400, 'http/malformed', { values: { what: 'querystring' }, details: [what] })
  }
}

/** What was sent as a text cannot be one. */
export class TextUnusable extends Refusal {
  constructor(
    status: 400 | 413 | 422,
    fault: 'both' | 'base' | 'large' | 'nul' | 'malformed' | 'document',
    details?: unknown,
  ) {
    super(status, `revisions/text-${fault}`, { details })
  }
}

/** A content does not have the hash it is filed under: the file was damaged, and nothing of it may be shown as true. */
export class ContentDamaged extends Refusal {
  constructor(hash: string, fault: 'missing' | 'unreadable' | 'changed', { cause }: { cause?: unknown } = {}) {
    super(500, 'revisions/content-damaged', { details: { hash, fault } })
    this.cause = cause
  }
}
