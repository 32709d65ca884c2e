import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countWords } from '../../shared/document/count-words.ts'
import { corpus, corpusText, naughtyStrings } from '../support/corpus.ts'

const guides = 'translations/opensource-guide'
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
const slowly = (text: string) => [...segmenter.segment(text)].filter(segment => segment.isWordLike).length

test.each(['ar', 'en', 'es', 'fr', 'ru', 'zh-hans'])(
  'the words of real pages are counted as the segmenter does: %s',
  language => {
    for (const file of readdirSync(join(corpus, guides, language)))
      for (const line of corpusText(`${guides}/${language}/${file}`).split('\n'))
        expect([line, countWords(line)]).toEqual([line, slowly(line)])
  },
)

test('the words of naughty strings are counted as the segmenter does', () => {
  for (const naughty of naughtyStrings()) expect([naughty, countWords(naughty)]).toEqual([naughty, slowly(naughty)])
})
