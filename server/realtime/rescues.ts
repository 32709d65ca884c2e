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
  /** What came to it with these very edits. */
  added: string[]
  context: string
}

interface Grown {
  passage: string
  texts: string[]
  at: number
}
type Growing = Map<number, Grown>

/** Letters that follow within this time were typed in one go, so they join the passage that was begun. */
const inOneGo = 5_000
const contextLength = 80

/** Finds words that arrived for a place that is gone, or went with it unseen, and keeps them for whoever typed them. */
export class Rescues {
  readonly #growing: Growing = new Map()

  /** One for each passage, however many of these edits it grew with. */
  find(draft: Draft, parts: readonly Taken[]): Rescue[] {
    const grown: Growing = new Map()
    const rescues = new Map<string, Rescue>()
    const find = (found: readonly Orphan[], personId: string | null) => {
      const first = found[0]
      if (!first) return
      const rescue = rescueOf(draft, first, found, personId, grown.get(first.client) ?? this.#growing.get(first.client))
      grown.set(rescue.client, { passage: rescue.passage, texts: rescue.texts, at: Date.now() })
      const before = rescues.get(rescue.passage)
      rescues.set(rescue.passage, before ? { ...rescue, added: joined(before.added, rescue.added) } : rescue)
    }
    for (const { edits, transaction, carried, connection, swept } of parts) {
      const updates = edits.map(edit => edit.update)
      find(orphans(updates, transaction, carried.has), connection.person?.id ?? null)
      for (const client of new Set(swept.map(orphan => orphan.client)))
        find(
          swept.filter(orphan => orphan.client === client),
          ownerOf(draft, parts, client),
        )
    }
    return [...rescues.values()]
  }

  /** What its author has settled meanwhile begins another passage. */
  async keep(tx: Writer, drafts: Drafts, { pageId }: Draft, cause: Cause, rescue: Rescue) {
    const keep = () => {
      const { passage: id, personId, texts, context } = rescue
      if (texts.every(isBlank)) return true
      return drafts.rescue(tx, { id, pageId, personId, document: passageOf(texts), cause, context })
    }
    if (await keep()) return
    rescue.passage = newId()
    rescue.texts = rescue.added
    await keep()
  }

  /** Tells the author, wherever they have the page open; to be called once the words are kept. */
  tell({ passage, personId, client, texts }: Rescue, connections: Iterable<Connection>) {
    this.#growing.set(client, { passage, texts, at: Date.now() })
    if (texts.every(isBlank)) return
    for (const connection of connections)
      if (personId !== null && connection.person?.id === personId) connection.tell({ kind: 'rescued', passage })
  }
}

function rescueOf(
  draft: Draft,
  first: Orphan,
  found: readonly Orphan[],
  personId: string | null,
  begun: Grown | undefined,
): Rescue {
  const { client } = first
  const added = found.map(orphan => orphan.text)
  const context = contextOf(draft, first)
  if (!begun || begun.at < Date.now() - inOneGo)
    return { passage: newId(), personId, client, texts: added, added, context }
  return { passage: begun.passage, personId, client, texts: joined(begun.texts, added), added, context }
}

/** Spaces alone are nobody's words, but the beginning of what is typed next. */
const isBlank = (text: string) => text.trim() === ''

/** What was typed on, in the same line. */
const joined = (texts: readonly string[], [next = '', ...rest]: readonly string[]) => [
  ...texts.slice(0, -1),
  (texts.at(-1) ?? '') + next,
  ...rest,
]

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
    texts.filter(text => !isBlank(text)).map(text => schema.node('line', null, [schema.text(text)])),
  )

/** The words before the place, as far as it can be told. */
function contextOf(draft: Draft, { near }: Orphan): string {
  const before = near ? draft.document().child(near - 1) : undefined
  return before ? inlineText(before).slice(-contextLength) : ''
}
