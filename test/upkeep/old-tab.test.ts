import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fragmentOf } from '../../shared/document/live.ts'
import { typeBehind } from '../support/drafts.ts'
import { LiveClient, type LiveOptions } from '../support/live-client.ts'
import { dataFolder, serving, wiki as command } from '../support/process.ts'
import { elsewhere } from './support.ts'

const password = 'correct horse battery'

/** Signs somebody in who was made at the command line. */
async function signsIn(address: string, login: string) {
  const type = { 'content-type': 'application/json' }
  const body = JSON.stringify({ login, password })
  const reply = await fetch(`${address}/api/v1/session`, { method: 'POST', headers: type, body })
  const cookie = reply.headers.getSetCookie().map(line => line.split(';')[0])
  return at(address, cookie.join('; '))
}

/** Somebody who is signed in, wherever the wiki is reached by now: after a restore the sessions of the backup go on. */
function at(address: string, cookie: string) {
  const headers = { cookie, origin: address }
  return {
    cookie,
    async api<Reply>(method: string, path: string, body?: object): Promise<Reply> {
      const reply = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!reply.ok) throw new Error(await reply.text())
      return (await reply.json()) as Reply
    },
    opens(room: string, ydoc?: LiveOptions['ydoc']) {
      const server = `${address.replace('http', 'ws')}/sync`
      const client = new LiveClient({ server, room, headers, ...(ydoc && { ydoc }) })
      client.connect()
      return client
    },
  }
}

const shows = ({ ydoc }: LiveClient) => fragmentOf(ydoc).toJSON()
const types = ({ ydoc }: LiveClient, words: string) => typeBehind(ydoc, 'An oak', words)
const times = (text: string, words: string) => text.split(words).length - 1

interface Page {
  id: string
  draft: { room: string; epoch: number }
}

test('after a restore old tabs bring the words that the backup lacks, each once and in its author’s name', async () => {
  const folder = dataFolder()
  for (const handle of ['ada', 'bo']) {
    const role = handle === 'ada' ? 'administrator' : 'member'
    await command(folder, ['person', 'create', handle, '--role', role], { stdin: password })
  }
  const first = await serving(folder)
  const [ada, bo] = [await signsIn(first.address, 'ada'), await signsIn(first.address, 'bo')]
  const page = await ada.api<Page>('POST', '/pages', { title: 'Oak', markdown: 'An oak.' })
  const [adas, bos] = [ada.opens(page.draft.room), bo.opens(page.draft.room)]
  await Promise.all([adas.saved(), bos.saved()])

  // While the backup is made.
  let isTyping = true
  let typed = 0
  const typing = (async () => {
    while (isTyping) {
      types(adas, ` w${++typed}.`)
      await adas.saved()
    }
  })()
  const file = join(elsewhere(), 'b.tar')
  expect((await command(folder, ['backup', file])).code).toBe(0)
  isTyping = false
  await typing

  types(adas, ' ada-since')
  types(bos, ' bo-since')
  await Promise.all([adas.saved(), bos.saved()])
  adas.disconnect()
  bos.disconnect()
  types(adas, ' ada-unsent')
  expect(await first.stop()).toBe(0)

  const restored = await command(folder, ['restore', file, '--force', '--json'])
  expect(restored.code, restored.err).toBe(0)
  const second = await serving(folder)
  const [adaAgain, boAgain] = [at(second.address, ada.cookie), at(second.address, bo.cookie)]
  const now = await adaAgain.api<Page>('GET', `/pages/${page.id}`)
  expect(now.draft).toMatchObject({ room: `${page.id}~2`, epoch: 2 })
  const watching = boAgain.opens(now.draft.room)
  await watching.until(() => shows(watching).includes('An oak'))
  expect(shows(watching)).not.toContain('since')

  for (const [who, tab] of [
    [adaAgain, adas],
    [boAgain, bos],
  ] as const) {
    const back = who.opens(page.draft.room, tab.ydoc)
    await back.until(() => back.ended !== undefined)
    expect([back.ended, back.isDelivered]).toEqual([4409, true])
    back.destroy()
  }
  const wanted = ['ada-since', 'bo-since', 'ada-unsent', ...Array.from({ length: typed }, (_, at) => ` w${at + 1}.`)]
  await watching.until(() => wanted.every(words => shows(watching).includes(words)))
  for (const words of wanted) expect([words, times(shows(watching), words)]).toEqual([words, 1])
  expect(times(shows(watching), 'An oak')).toBe(1)

  // Once more: a tab that did not hear the answer brings nothing twice.
  const again = adaAgain.opens(page.draft.room, adas.ydoc)
  await again.until(() => again.ended !== undefined)
  await watching.saved()
  for (const words of wanted) expect([words, times(shows(watching), words)]).toEqual([words, 1])

  const revision = await boAgain.api<{ authors: { handle: string }[] }>('POST', `/pages/${page.id}/revisions`, {})
  expect(revision.authors.map(({ handle }) => handle).sort()).toEqual(['ada', 'bo'])
  for (const client of [watching, again, adas, bos]) client.destroy()
  expect(await command(folder, ['check'])).toMatchObject({ code: 0 })
  expect(await second.stop()).toBe(0)
}, 180_000)
