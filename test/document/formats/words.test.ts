import { expect, test } from 'vitest'
import { canonical } from '../../../shared/document/canonical.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { splitFrontMatter } from '../../../shared/document/front-matter.ts'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import { toText } from '../../../shared/document/text.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { sourceWords, wordsOf } from '../../support/source-words.ts'

const revisions = (['oer-small', 'opensource-guide-en'] as const)
  .flatMap(corpusHistory)
  .flatMap(page => page.revisions.map(({ text, sha }) => ({ name: `${page.path} at ${sha}`, text })))
  .filter((revision): revision is { name: string; text: string } => revision.text !== undefined)

test('every text revision of the real histories keeps its words when it is read', () => {
  expect(revisions.length).toBeGreaterThan(1000)
  for (const { name, text } of revisions) {
    const { rest } = splitFrontMatter(text)
    expect(wordsOf(toText(fromMarkdown(rest))), name).toEqual(sourceWords(rest))
  }
}, 120_000)

test('every text revision of the real histories comes back from Markdown as the same document', () => {
  for (const { name, text } of revisions) {
    const doc = fromMarkdown(splitFrontMatter(text).rest)
    doc.check()
    expect(canonical(fromMarkdown(toMarkdown(doc))), name).toBe(canonical(doc))
  }
}, 120_000)
