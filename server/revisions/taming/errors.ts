import type { DraftChangeJson } from '../../../shared/drafts/taming.ts'
import { Refusal } from '../../refusal.ts'

/** Somebody went on writing: what was chosen is not what the draft changes any more. */
export class ChangesGone extends Refusal {
  constructor(gone: readonly string[], changes: readonly DraftChangeJson[]) {
    super(409, 'revisions/changes-gone', { values: { count: gone.length }, details: { gone, changes } })
  }
}

export class NothingToDiscard extends Refusal {
  constructor() {
    super(409, 'revisions/nothing-to-discard')
  }
}

/** Words of others are taken out by moderators only. */
export class DiscardRefused extends Refusal {
  constructor() {
    super(403, 'revisions/may-not-discard')
  }
}

export class NoDiscard extends Refusal {
  constructor() {
    super(404, 'revisions/no-discard')
  }
}

export class DiscardUndone extends Refusal {
  constructor() {
    super(409, 'revisions/discard-undone')
  }
}

/** A choice among the draft's changes is no text of one's own. */
export class ChangesAndText extends Refusal {
  constructor() {
    super(400, 'revisions/changes-and-text')
  }
}
