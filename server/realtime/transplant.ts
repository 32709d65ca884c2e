import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { faultsOf } from '../../shared/document/faults.ts'
import { mergeFollowing } from '../../shared/document/follow.ts'
import { fill, fragmentOf, InvalidDraft } from '../../shared/document/live.ts'
import { passagesMissing } from '../../shared/document/passages.ts'
import { fromPlain, type PlainNode } from '../../shared/document/plain.ts'
import { schema } from '../../shared/document/schema.ts'
import { newId, type Writer } from '../db/index.ts'
import type { Cause, Drafts, OldEpoch } from '../drafts/index.ts'
import type { Edit } from './edit.ts'
import { testify } from './hearing-testimony.ts'
import { type Claimed, NotHeard } from './hearing-whose.ts'

export type Transplanted = { kind: 'gap' } | { kind: 'done'; passages: string[] }

/**
 * Moves what a person brings for an old epoch into the draft as it is now, by content: what they changed since they last
 * heard of it is merged with what others have done, and words that find no place, or may be somebody else's, are kept for
 * them. Hearing the same again changes nothing. Throws `NotHeard`, and then nothing was changed.
 */
export async function transplant(
  tx: Writer,
  drafts: Drafts,
  { pageId, epoch }: Pick<OldEpoch, 'pageId' | 'epoch'>,
  claimed: Claimed & { schema: number | undefined },
  edits: readonly Edit[],
): Promise<Transplanted> {
  const { personId } = claimed
  const old = await drafts.oldEpoch(tx, pageId, epoch, personId)
  const version = old.schemaVersion ?? claimed.schema ?? drafts.schemaVersion
  const read = (plain: PlainNode) => fromPlain(drafts.upToDate(plain, version))
  const said = testimony(() => testify(old, claimed, edits, read))
  if (said.kind === 'gap') return said
  if (said.kind === 'nothing') return { kind: 'done', passages: [] }

  const { before, after, doubtful, orphans } = said
  const draft = await drafts.load(tx, pageId)
  const written = draft.document()
  const passages: string[] = []
  const rescue = async (blocks: readonly Node[], cause: Cause, context: string) => {
    if (blocks.length === 0) return
    const [id, document] = [newId(), schema.node('doc', null, blocks)]
    requireSound(document)
    await drafts.rescue(tx, { id, pageId, personId, document, cause, context })
    passages.push(id)
  }
  if (old.endedBy === undefined) {
    const { blocks, context } = passagesMissing(after, before, written, written)
    await rescue(blocks, 'restore', context)
  } else if (!after.eq(before)) {
    const { document: target, conflicts } = mergeFollowing(before, written, after)
    await drafts.change(tx, draft, { by: personId, kind: 'transplant', target, written })
    requireSound(draft.fragment)
    if (conflicts.length > 0) {
      const { blocks, context } = passagesMissing(after, before, written, target)
      await rescue(blocks, 'merge', context)
    }
  }
  if (doubtful) {
    const { blocks, context } = passagesMissing(doubtful, after, written, draft.document())
    await rescue(blocks, 'restore', context)
  }
  await rescue(
    orphans.map(({ text }) => schema.node('line', null, [schema.text(text)])),
    'deleted',
    '',
  )
  await drafts.keepHearing(tx, old, personId, said)
  return { kind: 'done', passages }
}

/** Whatever bytes make the reading of them throw, it is their fault. */
function testimony<Said>(listen: () => Said): Said {
  try {
    return listen()
  } catch (error) {
    if (error instanceof NotHeard) throw error
    if (error instanceof InvalidDraft) throw unsound(error.faults)
    throw new NotHeard({ reason: 'malformed', details: [error instanceof Error ? error.message : 'unreadable'] })
  }
}

function requireSound(what: Node | Y.XmlFragment) {
  const faults = faultsOf(what instanceof Y.XmlFragment ? what : filled(what))
  if (faults.length > 0) throw unsound(faults)
}

function filled(document: Node): Y.XmlFragment {
  const fragment = fragmentOf(new Y.Doc())
  fill(fragment, document)
  return fragment
}

const unsound = (faults: InvalidDraft['faults']) =>
  new NotHeard({ reason: 'schema', details: faults.slice(0, 5).map(({ message }) => message) })
