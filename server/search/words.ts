import { stretchesOf } from '../../shared/document/words.ts'
import { fold } from './fold.ts'

/** A word as it stands in a text, from `start` to `end` (UTF-16), and its folded spelling. */
export interface Word {
  start: number
  end: number
  word: string
  /** Chinese, Japanese and Korean run on: they are read as overlapping pairs of characters. */
  pair: boolean
}

const runs =
  /(?<cjk>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]+)|(?<joined>[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)|(?<word>[\p{L}\p{N}\p{M}ـ]+)|(?<sign>\p{Extended_Pictographic})/gu
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]/u
const spaceless = new Intl.Segmenter('th', { granularity: 'word' })

/** The words of a text in any script, in order. */
export function* words(text: string): Generator<Word> {
  for (const { 0: run, index, groups } of text.matchAll(runs)) {
    if (groups?.['cjk']) yield* pairs(run, index)
    else if (groups?.['joined']) {
      let at = index
      for (const stretch of stretchesOf(run))
        for (const { segment } of spaceless.segment(stretch)) {
          yield one(segment, at)
          at += segment.length
        }
    } else if (groups?.['word'] && cjk.test(run)) yield* mixed(run, index)
    else yield one(run, index)
  }
}

const one = (run: string, start: number): Word => ({ start, end: start + run.length, word: fold(run), pair: false })

/** A run such as `2024年` begins as a word and goes on in Chinese. */
function* mixed(run: string, start: number): Generator<Word> {
  for (const { 0: part, index, groups } of run.matchAll(
    /(?<cjk>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]+)|(?<word>[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]+)/gu,
  )) {
    if (groups?.['cjk']) yield* pairs(part, start + index)
    else yield one(part, start + index)
  }
}

/** Every pair of neighbours, and the last character alone, so that each character begins exactly one. */
function* pairs(run: string, start: number): Generator<Word> {
  const characters = Array.from(run)
  let at = start
  for (const [index, character] of characters.entries()) {
    const pair = character + (characters[index + 1] ?? '')
    yield { start: at, end: at + pair.length, word: fold(pair), pair: true }
    at += character.length
  }
}
