import type { Node } from 'prosemirror-model'
import { displacedWords } from '../../shared/document/displaced.ts'
import { schema } from '../../shared/document/schema.ts'
import type { Draft } from '../drafts/index.ts'

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
