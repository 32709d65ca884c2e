import { Fragment, type Node } from 'prosemirror-model'
import { readText } from '../../../server/exchange/index.ts'
import { draftable } from '../../../shared/document/live.ts'
import { schema } from '../../../shared/document/schema.ts'
import { wordCount, toText } from '../../../shared/document/text.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { corpora } from './wiki.ts'

/** Neighbouring revisions of real pages whose newer text has about so many bytes. */
export function neighbours(bytes: number): [before: Node, after: Node][] {
  return corpora.flatMap(corpusHistory).flatMap(({ path, revisions }) =>
    revisions.flatMap(({ text }, at): [Node, Node][] => {
      const before = revisions[at - 1]?.text
      const isFit = text !== undefined && Math.abs(Buffer.byteLength(text) / bytes - 1) < 0.15
      if (!isFit || before === undefined || before === text) return []
      return [[readText(before, path).document, readText(text, path).document]]
    }),
  )
}

/** So many words of real prose: the newest texts of all pages, as often as it takes, no paragraph twice the same. */
export function longDocument(words: number): Node {
  const texts = corpora
    .flatMap(corpusHistory)
    .flatMap(
      ({ path, revisions }) => readText(revisions.findLast(({ text }) => text)?.text ?? '', path).document.children,
    )
  const blocks: Node[] = []
  for (let round = 0, held = 0; held < words; round++)
    for (const block of texts) {
      if (held >= words) break
      const isLine = block.isTextblock && block.childCount > 0 && !block.type.spec.code
      const said =
        round > 0 && isLine ? block.copy(block.content.append(Fragment.from(schema.text(` (${round}).`)))) : block
      blocks.push(said)
      held += wordCount(toText(schema.node('doc', null, [block])))
    }
  return draftable(schema.node('doc', null, blocks))
}

/** The document with a few words typed into so many of its lines, all over it. */
export function changed(document: Node, times: number): Node {
  const lines = document.children.flatMap((block, at) =>
    block.isTextblock && block.textContent.length > 40 ? [at] : [],
  )
  const chosen = new Set(Array.from({ length: times }, (_, turn) => lines[Math.floor((turn * lines.length) / times)]))
  const blocks = document.children.map((block, at) => {
    if (!chosen.has(at)) return block
    const middle = block.textContent.indexOf(' ', 12)
    const typed = Fragment.from(schema.text(` said ${at} anew`))
    return block.copy(
      block.content
        .cut(0, middle)
        .append(typed)
        .append(block.content.cut(middle + 8)),
    )
  })
  return draftable(schema.node('doc', null, blocks))
}
