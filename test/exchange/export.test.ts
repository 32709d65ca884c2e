import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { corpus } from '../support/corpus.ts'
import { freshWiki } from '../support/wiki.ts'
import { bringIn } from './support.ts'
import { pastOf, takeAway } from './taking.ts'

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'commonleaf-export-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test(
  'both corpora, exported and brought into an empty wiki, are there again: every page, revision, person and hash',
  { timeout: 300_000 },
  async () => {
    const wiki = await freshWiki()
    for (const name of ['oer-small', 'opensource-guide-en'])
      await bringIn(wiki, join(corpus, `history/${name}.jsonl.br`))
    const file = join(folder(), 'all.jsonl.br')
    expect(await takeAway(wiki, file)).toMatchObject({ pages: 20, revisions: 1113, unpublished: 0 })
    const other = await freshWiki()
    expect(await bringIn(other, file)).toMatchObject({ pages: 20, revisions: 1113, altered: 0, faults: [], lost: [] })
    expect(await pastOf(other)).toEqual(await pastOf(wiki))
    const again = join(folder(), 'again.jsonl.br')
    await takeAway(other, again)
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true)
    expect(await bringIn(other, file)).toMatchObject({ pages: 0, revisions: 0, skipped: 1113, people: 0, redirects: 0 })
    expect(await bringIn(wiki, file)).toMatchObject({ pages: 0, revisions: 0, skipped: 1113, people: 0, redirects: 0 })
  },
)
