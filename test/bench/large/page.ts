import { Fragment, type Node } from 'prosemirror-model'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { schema } from '../../../shared/document/schema.ts'
import { wordCount } from '../../../shared/document/text.ts'
import { corpusHistory } from '../../support/corpus.ts'

/** Real articles one after the other, until they are so many words. */
export function longDocument(words: number): Node {
  const blocks: Node[] = []
  let counted = 0
  for (let round = 0; counted < words; round++)
    for (const { revisions } of corpusHistory('opensource-guide-en')) {
      const text = revisions.findLast(revision => revision.text !== undefined)?.text
      if (!text || counted >= words) continue
      const { content } = fromMarkdown(text.replace(/^---[^]*?---\n/, ''))
      counted += wordCount(schema.node('doc', null, content))
      blocks.push(...content.content)
    }
  return schema.node('doc', null, Fragment.fromArray(blocks))
}
