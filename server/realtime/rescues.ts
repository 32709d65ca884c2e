import type { Node } from 'prosemirror-model'
import { inlineText } from '../../shared/document/text.ts'
import { type Orphan, orphans } from '../../shared/document/orphans.ts'
import { schema } from '../../shared/document/schema.ts'
import { newId, type Writer } from '../db/index.ts'
import type { Cause, Draft, Drafts } from '../drafts/index.ts'
import type { Connection } from './connection.ts'
import type { Taken } from './part.ts'

/** Words whose place is gone, and whose they are. */
export interface Rescue {
  passage: string
  personId: string | null
  client: number
  texts: string[]
  context: string
}

/** Letters that follow within this time were typed in one go, so they join the passage that was begun. */
const inOneGo = 5_000
const contextLength = 80

/** Finds words that arrived for a place that is gone, or went with it unseen, and keeps them for whoever typed them. */
export class Rescues {
  readonly #growing = new Map<number, { passage: string; texts: string[]; at: number }>()

  find(draft: Draft, parts: readonly Taken[]): Rescue[] {
    return parts.flatMap(taken => {
      const updates = taken.edits.map(edit => edit.update)
      const own = this.#rescue(
        draft,
        orphans(updates, taken.transaction, taken.carried.has),
        taken.connection.person?.id ?? null,
      )
      const others = new Set(taken.swept.map(({ client }) => client))
      return [
        ...own,
        ...[...others].flatMap(client => {
          const theirs = taken.swept.filter(orphan => orphan.client === client)
          return this.#rescue(draft, theirs, ownerOf(draft, parts, client))
        }),
      ]
    })
  }

  async keep(tx: Writer, drafts: Drafts, { pageId }: Draft, cause: Cause, rescue: Rescue) {
    const { passage, personId, texts, context } = rescue
    await drafts.rescue(tx, { id: passage, pageId, personId, document: passageOf(texts), cause, context })
  }

  /** Tells the author, wherever they have the page open; to be called once the words are kept. */
  tell({ passage, personId, client, texts }: Rescue, connections: Iterable<Connection>) {
    this.#growing.set(client, { passage, texts, at: Date.now() })
    for (const connection of connections)
      if (personId !== null && connection.person?.id === personId) connection.tell({ kind: 'rescued', passage })
  }

  #rescue(draft: Draft, found: readonly Orphan[], personId: string | null): Rescue[] {
    const first = found[0]
    if (!first) return []
    const { client } = first
    const texts = found.map(orphan => orphan.text)
    const begun = this.#growing.get(client)
    const context = contextOf(draft, first)
    if (!begun || begun.at < Date.now() - inOneGo) return [{ passage: newId(), personId, client, texts, context }]
    const [next = '', ...rest] = texts
    const whole = [...begun.texts.slice(0, -1), (begun.texts.at(-1) ?? '') + next, ...rest]
    return [{ passage: begun.passage, personId, client, texts: whole, context }]
  }
}

/** Whoever a client id belongs to, also where it came with this very batch, as somebody's or as one that carries theirs. */
export function ownerOf(draft: Draft, parts: readonly Taken[], client: number): string | null {
  const author = parts.find(({ clients }) => clients.has(client))
  if (author) return author.connection.person?.id ?? null
  for (const { carried } of parts)
    for (const [written, carrier] of carried.carriers) if (carrier === client) return ownerOf(draft, parts, written)
  return draft.ownerOf(client) ?? null
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
