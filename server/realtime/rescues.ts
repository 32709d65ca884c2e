import type { Node } from 'prosemirror-model'
import { inlineText } from '../../shared/document/text.ts'
import { type Orphan, orphans } from '../../shared/document/orphans.ts'
import { schema } from '../../shared/document/schema.ts'
import { newId, type Writer } from '../db/index.ts'
import type { Cause, Draft, Drafts } from '../drafts/index.ts'
import type { Taken } from './part.ts'

/** Words of one part whose place is gone. */
export interface Rescue {
  passage: string
  taken: Taken
  client: number
  texts: string[]
  context: string
}

/** Letters that follow within this time were typed in one go, so they join the passage that was begun. */
const inOneGo = 5_000
const contextLength = 80

/** Finds words that arrived for a place that is gone, and keeps them for whoever typed them. */
export class Rescues {
  readonly #growing = new Map<number, { passage: string; texts: string[]; at: number }>()

  find(draft: Draft, parts: readonly Taken[]): Rescue[] {
    return parts.flatMap(taken => {
      const found = orphans(
        taken.edits.map(edit => edit.update),
        taken.transaction,
      )
      const first = found[0]
      if (!first) return []
      const texts = found.map(orphan => orphan.text)
      const begun = this.#growing.get(first.client)
      const context = contextOf(draft, first)
      if (!begun || begun.at < Date.now() - inOneGo)
        return [{ passage: newId(), taken, client: first.client, texts, context }]
      const [next = '', ...rest] = texts
      const whole = [...begun.texts.slice(0, -1), (begun.texts.at(-1) ?? '') + next, ...rest]
      return [{ passage: begun.passage, taken, client: first.client, texts: whole, context }]
    })
  }

  async keep(tx: Writer, drafts: Drafts, draft: Draft, cause: Cause, { passage, taken, texts, context }: Rescue) {
    const personId = taken.connection.person?.id ?? null
    await drafts.rescue(tx, { id: passage, pageId: draft.pageId, personId, document: passageOf(texts), cause, context })
  }

  /** Tells the author; to be called once the words are kept. */
  tell({ passage, taken, client, texts }: Rescue) {
    this.#growing.set(client, { passage, texts, at: Date.now() })
    taken.connection.tell({ kind: 'rescued', passage })
  }
}

const passageOf = (texts: readonly string[]): Node =>
  schema.node(
    'doc',
    null,
    texts.map(text => schema.node('line', null, [schema.text(text)])),
  )

/** The words before the place, as far as it can be told. */
function contextOf(draft: Draft, { near }: Orphan): string {
  const before = near ? draft.document().child(near - 1) : undefined
  return before ? inlineText(before).slice(-contextLength) : ''
}
