import type { Node } from 'prosemirror-model'
import type { Origins } from '../../shared/document/copies.ts'
import { displacedWords } from '../../shared/document/displaced.ts'
import { placesIn } from '../../shared/document/draft-changes-atoms.ts'
import type { LetterId } from '../../shared/document/removed.ts'
import { schema } from '../../shared/document/schema.ts'
import type { Reader } from '../db/index.ts'
import type { Draft } from '../drafts/index.ts'
import type { Ground } from './ground.ts'
import { baseOf } from './taming/base.ts'
import { deedsBehind } from './taming/carrying.ts'

export interface Displaced {
  personId: string | null
  document: Node
  context: string
}

/** Letters of the block beside which a passage stood, kept to find that place again. */
const contextLength = 200

/** Unpublished words that have no place in `target`: a passage for each author, block by block. */
export async function displacedFrom(
  { drafts }: Pick<Ground, 'drafts'>,
  db: Reader,
  { draft, head, target }: { draft: Draft; head: Node; target: Node },
): Promise<Displaced[]> {
  const written = draft.document()
  if (written.eq(head) || written.eq(target)) return []
  // Whoever parts or moves a line writes its words anew; they are kept for those who typed them.
  const base = await baseOf(db, draft.pageId)
  const { origins: originOf } = deedsBehind(base, head, await drafts.rowsBehind(db, draft.pageId, base))
  const placeInHead = placesIn(base.atoms)
  const isOld = ({ client, clock }: LetterId) => placeInHead(originOf(client, clock, 1)) !== undefined
  // Words that nobody signed are better kept for the mover than for nobody.
  const typedBy: Origins = (client, clock, size) => {
    const origin = originOf(client, clock, size)
    return draft.ownerOf(origin.client) ? origin : { client, clock, size: origin.size }
  }
  const passages = new Map<string | null, { lines: Node[]; near: number | undefined }>()
  for (const { client, text, near } of displacedWords(head, draft.fragment, target, typedBy, isOld)) {
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
