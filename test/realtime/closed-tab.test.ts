import type { WebSocketRoute } from 'playwright-core'
import { expect, test } from 'vitest'
import { atBrowser, listening, opensEditor, startPage, text } from '../editor/journey.ts'

test('a tab that is closed while the line is cut keeps its words on the device', async () => {
  const here = await listening()
  const { member, page } = await atBrowser(here, 'Ada')
  const started = await startPage(member, 'Oak', 'The oak.')
  const lines: WebSocketRoute[] = []
  let isCut = false
  await page.routeWebSocket(/\/sync\//, line => {
    if (isCut) return void line.close()
    lines.push(line)
    line.connectToServer()
  })
  await opensEditor(page, started.slug)
  await text(page).getByText('The oak.').click()
  await page.keyboard.press('End')
  isCut = true
  for (const line of lines) await line.close()
  await page.locator('cl-save-state .save-off').waitFor()
  await page.keyboard.type(' It is old.')
  await page.getByRole('button', { name: /only on this device/ }).waitFor()
  await page.evaluate(stored)
  await page.close()

  const later = await page.context().newPage()
  await later.goto(`${here.base}/wiki/${started.slug}/edit`)
  await later.locator('.ProseMirror').getByText('The oak. It is old.').waitFor()
  await later.getByRole('button', { name: /^Saved on the server/ }).waitFor()
  const draft = await here.wiki.drafts.load(here.wiki.db.read, started.id)
  expect(draft.document().textContent).toBe('The oak. It is old.')
  const [, ...owners] = [...draft.clients.values()]
  expect(owners.map(owner => owner.personId)).toEqual([member.person.id])
})

/** Resolves once the browser has stored what it was given before: transactions on the same stores take turns. */
async function stored() {
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error ?? new Error(name))
    })
    await new Promise(resolve => {
      database.transaction(database.objectStoreNames, 'readwrite').oncomplete = resolve
    })
    database.close()
  }
}
