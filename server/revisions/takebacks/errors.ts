import type { TakebackConflict } from '../../../shared/revisions/takebacks.ts'
import type { Page } from '../../pages/index.ts'
import { Refusal } from '../../refusal.ts'

/** Words were changed again since, and nobody has chosen yet which of them shall stand. */
export class TakebackConflicts extends Refusal {
  constructor(conflicts: readonly TakebackConflict[]) {
    super(409, 'revisions/undo-conflict', { values: { count: conflicts.length }, details: { conflicts } })
  }
}

/** Nothing that the revision changed is there any more. */
export class NothingToUndo extends Refusal {
  constructor(number: number) {
    super(409, 'revisions/nothing-to-undo', { values: { number }, titleKey: 'takebacks.nothing' })
  }
}

export class NothingToRollBack extends Refusal {
  constructor(name: string) {
    super(409, 'revisions/nothing-to-roll-back', { values: { name }, titleKey: 'takebacks.nothing' })
  }
}

/** Without it the page would say nothing, and it never said anything before. */
export class NothingWouldStay extends Refusal {
  constructor({ title }: Page) {
    super(422, 'revisions/nothing-would-stay', { values: { title } })
  }
}

/** A deletion changed no words: restoring brings its page back. */
export class DeletionStays extends Refusal {
  constructor(number: number) {
    super(422, 'revisions/undo-deletion', { values: { number } })
  }
}

/** Somebody published since the asker looked. */
export class HeadMoved extends Refusal {
  constructor({ title, newest }: Page) {
    super(409, 'revisions/head-moved', { values: { title, number: newest }, details: { head: newest } })
  }
}
