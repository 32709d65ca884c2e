import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toText } from '../../shared/document/text.ts'
import { corpus, corpusHistory } from '../support/corpus.ts'
import { freshWiki } from '../support/wiki.ts'
import { bringIn } from './support.ts'
import { missing, saidIn, tally } from './words.ts'

test.each([
  ['oer-small', 7, 582],
  ['opensource-guide-en', 13, 531],
] as const)(
  '%s comes in whole: %i pages, %i revisions, and every word of every text',
  { timeout: 240_000 },
  async (name, pages, revisions) => {
    const wiki = await freshWiki()
    const report = await bringIn(wiki, join(corpus, `history/${name}.jsonl.br`))
    expect(report).toMatchObject({ pages, revisions, skipped: 0, faults: [] })
    const lines = corpusHistory(name)
    for (const { line, path, id } of report.list) {
      const page = await wiki.pages.byId(id)
      const source = lines[line - 1]!
      expect(source.path).toBe(path)
      const { revisions: stored } = await wiki.revisions.list(page!, { limit: 500 })
      const inOrder = stored.toReversed()
      expect(inOrder.map(({ at }) => at)).toEqual(source.revisions.map(({ timestamp }) => Date.parse(timestamp)))
      expect(page!.deleted).toBe(source.revisions.at(-1)!.deleted === true)
      for (const [at, { text, sha }] of source.revisions.entries()) {
        if (text === undefined) continue
        const [said, kept] = [tally(saidIn(text)), tally(toText(await wiki.revisions.document(inOrder[at]!)))]
        expect({ lost: missing(said, kept), made: missing(kept, said) }, `${path} ${sha}`).toEqual({
          lost: [],
          made: [],
        })
      }
    }
  },
)
