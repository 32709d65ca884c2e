import type { Node } from 'prosemirror-model'
import type { Fact } from '../../../shared/document/authorship.ts'
import { copiesIn } from '../../../shared/document/copies.ts'
import { authorsSince, authorsTold } from '../../../shared/document/new-authors.ts'
import { type Letters, lettersIn } from '../../../shared/document/owners.ts'
import { placeholder } from '../../../shared/document/inline.ts'
import { keptUnits, unitText } from '../../../shared/document/units.ts'
import type { Writer } from '../../db/index.ts'
import type { Draft, Drafts } from '../../drafts/index.ts'
import { lettersFromBytes, lettersToBytes, nowhere, placesOf } from './letters.ts'
import type { Previous } from './attribute.ts'
import { addFact, putBackBy, returned } from './put-back.ts'
import * as store from './told-store.ts'

/** Changes of a draft since it was published last that are followed; of more, only whose letters they are is known. */
const mostFollowed = 20_000

interface Publication {
  pageId: string
  number: number
  document: Node
  /** The draft it is published from, as it is by now. */
  draft: Draft
  /** Which letters the text is made of, where that is known already; some of them may be gone from the draft. */
  letters?: readonly Letters[] | undefined
  /** Whose the words are that are not in the draft. */
  by: string
  previous: Previous | undefined
}

interface Told {
  facts: Fact[]
  /** Everyone whose words the text has that the text before had not, whoever wrote most first. */
  authors: string[]
}

/**
 * What the draft knows of every unit of a text that is published from it: that it is the very unit that was published
 * before, or whose keyboard it came from. Keeps the letters of this text for the next time.
 */
export async function told(
  tx: Writer,
  drafts: Pick<Drafts, 'tail'>,
  { pageId, number, document, draft, letters: given, previous, by }: Publication,
): Promise<Told> {
  const letters = given ?? lettersFor(document, draft)
  const row = await store.lettersOf(tx, pageId)
  const before = row?.number === previous?.number && row?.epoch === draft.epoch ? row : undefined
  const known = before ? lettersFromBytes(before.bytes) : []
  const { epoch, seq } = draft
  await store.putLetters(tx, { page_id: pageId, number, epoch, seq, bytes: lettersToBytes(letters) })

  const places = placesOf(known)
  let words: string | undefined
  const wordAt = (client: number, clock: number) => {
    const run = places.at(client, clock)
    const letter = run && (words ??= previous ? unitText(previous.document) : '')[run.value + clock - run.clock]
    return letter === placeholder ? undefined : letter
  }
  const since = before ? await followedFrom(tx, draft, before.seq) : 0
  const changes = seq - since > mostFollowed ? [] : await drafts.tail(tx, { ...draft, seq: since })
  const originOf = copiesIn(
    changes.map(change => change.payload),
    wordAt,
  )
  const isPutBack = putBackBy(changes)
  const found: Fact[] = []
  const back: number[] = []
  let unit = 0
  for (const { size, client, clock } of letters) {
    if (client === nowhere) addFact(found, { size, person: by })
    else
      for (let at = 0; at < size;) {
        const origin = originOf(client, clock + at, size - at)
        const { run, size: part } = places.from(origin.client, origin.clock, origin.size)
        if (run) addFact(found, { size: part, from: run.value + origin.clock - run.clock })
        else {
          addFact(found, { size: part, person: draft.ownerOf(origin.client) ?? null })
          for (let next = 0; next < part; next++)
            if (isPutBack(origin.client, origin.clock + next)) back.push(unit + at + next)
        }
        at += part
      }
    unit += size
  }
  const facts = back.length > 0 && previous ? returned(found, back, keptUnits(previous.document, document)) : found
  if (before || !previous) return { facts, authors: authorsTold(facts, document) }
  const owners = facts.flatMap(fact => ('person' in fact ? [fact] : []))
  return { facts, authors: authorsSince(previous.document, document, owners) }
}

/** Words that a publication left unpublished may have been put elsewhere before it, by somebody who did not write them. */
async function followedFrom(tx: Writer, { pageId, epoch, seq }: Draft, published: number): Promise<number> {
  const whole = await store.wholeAt(tx, pageId)
  if (!whole || whole.epoch === 0) return published
  const first = Math.min(published, whole.epoch === epoch ? whole.seq : 0)
  return seq - first > mostFollowed ? published : first
}

/** The letters of a text that is in the draft, as a whole or but for changes that stay unpublished. */
function lettersFor(document: Node, { fragment, document: read }: Draft): Letters[] {
  const { letters, text } = lettersIn(fragment)
  if (text === unitText(document)) return letters
  const units = letters.flatMap(({ size, client, clock }) =>
    Array.from({ length: size }, (_, at) => ({ client, clock: clock + at })),
  )
  const found: Letters[] = []
  for (const unit of keptUnits(read(), document)) {
    const { client, clock } = units[unit] ?? { client: nowhere, clock: 0 }
    const last = found.at(-1)
    if (last?.client === client && (client === nowhere || last.clock + last.size === clock)) last.size++
    else found.push({ size: 1, client, clock })
  }
  return found
}
