import { Refusal } from '../refusal.ts'

export class TopicNotFound extends Refusal {
  constructor() {
    super(404, 'discussions/topic-not-found')
  }
}

export class SubjectNotFound extends Refusal {
  constructor() {
    super(404, 'discussions/subject-not-found')
  }
}

export class ParentNotFound extends Refusal {
  constructor() {
    super(422, 'discussions/parent-not-found')
  }
}

export class TalkClosed extends Refusal {
  constructor() {
    super(403, 'discussions/closed')
  }
}

/** A title or text with nothing to read in it, or with characters that no text holds. */
export class NothingSaid extends Refusal {
  constructor(field: 'title' | 'body') {
    super(422, `discussions/empty-${field}`, { details: { field } })
  }
}
