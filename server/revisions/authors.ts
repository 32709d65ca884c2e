import type { Node } from 'prosemirror-model'
import { displacedWords, newAuthors } from '../../shared/document/owners.ts'
import { schema } from '../../shared/document/schema.ts'
import type { Draft } from '../drafts/index.ts'

/** Everyone whose words the draft has that the head has not; the publisher where only words were taken away. */
export function authorsOf(
  draft: Draft,
  head: Node | undefined,
  publisher: string,
  document = draft.document(),
): string[] {
  const authors = newAuthors(head, draft.fragment, draft.ownerOf, document)
  return authors.length > 0 ? authors : [publisher]
}

export interface Displaced {
  personId: string | null
  document: Node
  context: string
}

/** Letters of the block beside which a passage stood, kept to find that place again. */
const contextLength = 200

/** Unpublished words that have no place in `target`: a passage for each author, block by block. */
export function displacedFrom(draft: Draft, head: Node, target: Node): Displaced[] {
  const passages = new Map<string | null, { lines: Node[]; near: number | undefined }>()
  for (const { client, text, near } of displacedWords(head, draft.fragment, target)) {
    const personId = draft.ownerOf(client) ?? null
    const passage = passages.get(personId) ?? { lines: [], near }
    passage.lines.push(schema.node('line', null, schema.text(text)))
    passages.set(personId, passage)
  }
  return [...passages].map(([personId, { lines, near }]) => ({
    personId,
    document: schema.node('doc', null, lines),
    context: near === undefined ? '' : (target.maybeChild(near)?.textContent ?? '').slice(-contextLength),
  }))
}
