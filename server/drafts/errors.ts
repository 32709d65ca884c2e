import { Refusal } from '../refusal.ts'

export class NoDraft extends Refusal {
  constructor(pageId: string) {
    super(404, 'drafts/none', { values: { page: pageId } })
  }
}

/** The log could not be read as a whole. Nothing may be written on top of what is missing, so this is never an empty page. */
export class DraftDamaged extends Refusal {
  constructor(pageId: string, what: string) {
    super(500, 'drafts/damaged', { values: { page: pageId }, details: what })
  }
}

/** A client id belongs to one person for ever, and this one is somebody else's. */
export class ClientTaken extends Refusal {
  constructor(clientId: number) {
    super(403, 'drafts/client-taken', { values: { client: String(clientId) } })
  }
}

/** A draft never goes back to an epoch that it has had: old tabs would take it for theirs. */
export class EpochTaken extends Error {
  constructor(pageId: string, epoch: number) {
    super(`page ${pageId} has had epoch ${epoch} already`)
  }
}

export class NoPassage extends Refusal {
  constructor() {
    super(404, 'drafts/no-passage')
  }
}
