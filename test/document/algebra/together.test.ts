import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { faultsIn, faultsOf } from '../../../shared/document/faults.ts'
import { documentOf, fragmentOf, seed } from '../../../shared/document/live.ts'
import { mend } from '../../../shared/document/mend.ts'
import { patch } from '../../../shared/document/patch.ts'
import { anyDocument, edited } from '../../support/documents.ts'
import { browserOf, draftFrom } from '../../support/drafts.ts'

const twoEdits = anyDocument(5).chain(base => fc.tuple(fc.constant(base), edited(base), edited(base)))

test('what two people do at the same moment makes a document, if need be after mending', () => {
  fc.assert(
    fc.property(twoEdits, ([base, one, other]) => {
      const server = draftFrom(seed(base))
      const browsers = [browserOf(server, 1), browserOf(server, 2)]
      for (const [index, target] of [one, other].entries()) {
        const browser = browsers[index]
        if (browser) patch(fragmentOf(browser), target)
      }
      for (const browser of browsers) {
        const update = Y.encodeStateAsUpdate(browser, Y.encodeStateVector(server))
        server.transact(transaction => {
          Y.applyUpdate(server, update)
          mend(transaction)
          expect(faultsIn(fragmentOf(server), transaction)).toEqual([])
        })
      }
      expect(faultsOf(fragmentOf(server))).toEqual([])
      documentOf(fragmentOf(server))
    }),
    { numRuns: 1000 },
  )
})
