import { afterEach, expect, test, vi } from 'vitest'
import { assemble } from '../../server/app.ts'
import { openDatabase } from '../../server/db/index.ts'
import { join } from 'node:path'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { historyOf, starts, types } from './writers.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('what a database from before did not keep is found after the start, as if it had been kept', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { name: 'Ada' })
  const page = await starts(ada, 'Oak', '# Leaves\n\nGreen.\n\n# Roots\n\nDeep.')
  await types(wiki, ada, page.id, 'Deep', ' and old')
  await ada.post(`/api/v1/pages/${page.id}/revisions`, {})
  await types(wiki, ada, page.id, 'Green', ' and wide')
  const before = await historyOf(ada, page.id)
  expect(before).toMatchObject([{ sections: ['Roots'] }, { sections: ['Leaves', 'Roots'] }])
  const base = await wiki.db.read.selectFrom('draft_bases').selectAll().executeTakeFirst()
  await wiki.db.write(async tx => {
    await tx.updateTable('revisions').set({ sections: '' }).execute()
    await tx.deleteFrom('draft_bases').execute()
  })

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const db = openDatabase(join(wiki.config.DATA_DIR, 'commonleaf.db'))
  const again = await assemble(wiki.config, db)
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  await vi.waitFor(
    async () => {
      expect(await db.read.selectFrom('draft_surveys').select('changes').execute()).toEqual([{ changes: 1 }])
      expect(await db.read.selectFrom('draft_bases').selectAll().executeTakeFirst()).toEqual(base)
      expect(await historyOf(ada, page.id)).toEqual(before)
    },
    { timeout: 20_000 },
  )
  await again.http.close()
  await db.close()
})
