import type { Node } from 'prosemirror-model'
import { beforeAll, describe, expect, test } from 'vitest'
import { apply, diff } from '../../../shared/document/diff.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { words } from '../../../shared/document/words.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { diffSize, wordDiffSize } from '../../support/diff-size.ts'

/** Words only: no spaces, no signs. */
const tokenise = (text: string) => words(text).filter(word => /[\p{L}\p{N}]/u.test(word))

type Pair = { name: string; isExact: boolean; ours: number; theirs: number }

/** Every pair of neighbouring revisions of every page, measured. */
function measured(corpus: 'oer-small' | 'opensource-guide-en'): Pair[] {
  return corpusHistory(corpus).flatMap(({ path, revisions }) => {
    const pairs: Pair[] = []
    let before: Node | undefined
    for (const [at, { text }] of revisions.entries()) {
      if (text === undefined) continue
      const after = fromMarkdown(text)
      if (before) {
        const name = `${path} ${at}`
        const changes = diff(before, after)
        const isExact = apply(changes, before).eq(after)
        pairs.push({
          name,
          isExact,
          ours: diffSize(changes, before, tokenise),
          theirs: wordDiffSize(before, after, tokenise),
        })
      }
      before = after
    }
    return pairs
  })
}

const sum = (pairs: readonly Pair[], side: 'ours' | 'theirs') => pairs.reduce((total, pair) => total + pair[side], 0)

describe('on every pair of neighbouring revisions of real pages', () => {
  let pairs: Pair[] = []
  let changed: Pair[] = []
  beforeAll(() => {
    pairs = (['oer-small', 'opensource-guide-en'] as const).flatMap(measured)
    changed = pairs.filter(({ theirs }) => theirs > 0)
  }, 180_000)

  test('a difference applies exactly', () => {
    expect(pairs.filter(({ isExact }) => !isExact)).toEqual([])
    expect(pairs.length).toBeGreaterThan(1000)
  })

  // What moved counts nothing in a difference, and twice in a word diff.
  test('a difference is smaller than a word diff that knows no blocks', () => {
    expect(sum(pairs, 'ours') / sum(pairs, 'theirs')).toBeLessThan(0.92)
    const close = changed.filter(({ ours, theirs }) => ours <= 1.2 * theirs)
    expect(close.length / changed.length).toBeGreaterThan(0.98)
  })

  test('no difference is much larger', () => {
    expect(pairs.filter(({ ours, theirs }) => ours > 1.15 * theirs + 40)).toEqual([])
  })
})
