import { expect, test } from 'vitest'
import { fold } from '../../server/search/fold.ts'
import { words } from '../../server/search/words.ts'

test.each([
  ['Élève', 'eleve'],
  ['ŒUVRE', 'oeuvre'],
  ['Ёлка', 'елка'],
  ['йод', 'йод'],
  ['مُدوّنة', 'مدونه'],
  ['إعلان', 'اعلان'],
  ['مســـؤول', 'مسوول'],
  ['٢٠٢٦', '2026'],
  ['ﬁle', 'file'],
  ['İstanbul', 'istanbul'],
  ['हिन्दी', 'हिन्दी'],
])('%s is indexed as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('Chinese is read as pairs, with words and numbers beside it', () => {
  expect([...words('2024年版权法OK')].map(word => word.word)).toEqual(['2024', '年版', '版权', '权法', '法', 'ok'])
})

test('each word knows where it stands in the text', () => {
  const text = 'L’été, 版权 и ёлка 👍🏽'
  for (const { start, end, word } of words(text)) expect(fold(text.slice(start, end))).toBe(word)
})
