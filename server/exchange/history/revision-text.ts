import type { Node } from 'prosemirror-model'
import { canonical } from '../../../shared/document/canonical.ts'
import { draftable } from '../../../shared/document/live.ts'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import type { Revision, Revisions } from '../../revisions/index.ts'
import type { RevisionExtra } from './shapes.ts'
import { readText } from './texts.ts'

/** Characters of canonical JSON beyond which it is not tried whether Markdown says the same: that would hold everyone up. */
const long = 200_000

/** How a revision's content stands in the file: in which form it goes to people, and the document where that is not exact. */
export interface Said {
  line: { text: string } | { deleted: true } | { suppressed: true }
  wiki: Pick<RevisionExtra, 'document'>
}

/** Tells revisions of one page what they say, one after the other. */
export function textsOf(revisions: Pick<Revisions, 'document'>, path: string) {
  let before: { hash: string; said: Said } | undefined
  return async (revision: Revision): Promise<Said> => {
    const { kind, hash, hidden } = revision
    if (kind === 'deletion') return { line: { deleted: true }, wiki: {} }
    if (hash === null || hidden.includes('text')) return { line: { suppressed: true }, wiki: {} }
    if (before?.hash !== hash) before = { hash, said: saidBy(await revisions.document(revision), path) }
    return before.said
  }
}

function saidBy(document: Node, path: string): Said {
  const json = canonical(document)
  const text = toMarkdown(document)
  const isSaid = json.length <= long && canonical(draftable(readText(text, path).document)) === json
  return { line: { text }, wiki: isSaid ? {} : { document: JSON.parse(json) as unknown } }
}
