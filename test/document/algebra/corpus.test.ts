import { describe, expect, test } from 'vitest'
import { initProseMirrorDoc } from 'y-prosemirror'
import { apply, diff } from '../../../shared/document/diff.ts'
import { faultsIn, faultsOf } from '../../../shared/document/faults.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { documentOf, draftable, fragmentOf, seed } from '../../../shared/document/live.ts'
import { merge } from '../../../shared/document/merge.ts'
import { patch } from '../../../shared/document/patch.ts'
import { schema } from '../../../shared/document/schema.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { draftFrom, lettersIn } from '../../support/drafts.ts'

/** Every page of the corpus with some of its revisions, as drafts hold them. */
const histories = (['oer-small', 'opensource-guide-en'] as const).flatMap(name =>
  corpusHistory(name).map(({ path, revisions }) => {
    const texts = revisions.flatMap(({ text }) => (text === undefined ? [] : [text]))
    const step = Math.max(1, Math.floor(texts.length / 6))
    return { path, documents: texts.filter((_, at) => at % step === 0).map(text => draftable(fromMarkdown(text))) }
  }),
)

describe('real pages', () => {
  test('become drafts that read back equal and that editors open without a change', () => {
    for (const { path, documents } of histories) {
      for (const document of documents.slice(-2)) {
        const ydoc = draftFrom(seed(document))
        expect(documentOf(fragmentOf(ydoc)).eq(document), path).toBe(true)
        expect(faultsOf(fragmentOf(ydoc)), path).toEqual([])
        const updates: Uint8Array[] = []
        ydoc.on('update', update => updates.push(update))
        expect(initProseMirrorDoc(fragmentOf(ydoc), schema).doc.eq(document), path).toBe(true)
        expect(updates).toEqual([])
      }
    }
  })

  test('go from revision to revision by small edits that keep what stays', () => {
    let [kept, stayed] = [0, 0]
    for (const { path, documents } of histories) {
      const [first, ...others] = documents
      if (!first) continue
      const ydoc = draftFrom(seed(first))
      let before = first
      for (const document of others) {
        expect(apply(diff(before, document), before).eq(document), path).toBe(true)
        const known = lettersIn(ydoc)
        ydoc.transact(transaction => {
          patch(fragmentOf(ydoc), document)
          expect(faultsIn(fragmentOf(ydoc), transaction), path).toEqual([])
        })
        expect(documentOf(fragmentOf(ydoc)).eq(document), path).toBe(true)
        kept += [...lettersIn(ydoc)].filter(letter => known.has(letter)).length
        stayed += Math.min(before.textContent.length, document.textContent.length)
        before = document
      }
    }
    expect(kept / stayed).toBeGreaterThan(0.8)
  })

  test('are unharmed by merging what was never different', () => {
    for (const { path, documents } of histories) {
      const [base, x] = documents.slice(-2)
      if (!base || !x) continue
      expect(merge(base, x, base).document.eq(x), path).toBe(true)
      expect(merge(base, base, x, 'theirs').document.eq(x), path).toBe(true)
    }
  })

  test('give both sides their way when two revisions are merged', () => {
    for (const { path, documents } of histories) {
      for (let at = 2; at < documents.length; at += 3) {
        const [base, ours, theirs] = [documents[at - 2], documents[at - 1], documents[at]]
        if (!base || !ours || !theirs) continue
        for (const prefer of ['ours', 'theirs'] as const) {
          const merged = merge(base, ours, theirs, prefer)
          merged.document.check()
          expect(merge(base, merged.document, base).document.eq(merged.document), path).toBe(true)
        }
      }
    }
  })
})
