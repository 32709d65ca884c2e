import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { root } from '../../server/root.ts'
import { backUp } from '../../server/upkeep/backup.ts'
import { draftOf, types } from '../revisions/writers.ts'
import { paragraphs } from '../support/documents.ts'
import { asked, checked, elsewhere, openedWiki, writtenWiki } from './support.ts'

/** Starts a command in a process of its own; promises how it ended, and how long that took. */
function starts(folder: string, args: string[]) {
  const child = spawn(process.execPath, [join(root, 'dist/server/console/main.js'), ...args], {
    env: { ...process.env, DATA_DIR: folder },
    stdio: 'ignore',
  })
  const began = performance.now()
  const ended = once(child, 'exit').then(() => performance.now() - began)
  return { kill: () => child.kill('SIGKILL'), ended }
}

test('a restore that is killed at any moment leaves the old wiki or the new one, and never a mixture', async () => {
  const { wiki, ada, oak } = await writtenWiki()
  const folder = wiki.config.DATA_DIR
  for (let more = 0; more < 30; more++)
    await wiki.revisions.startPage(ada.person, { title: `Tree ${more}`, document: paragraphs('A tree. '.repeat(500)) })
  const file = join(elsewhere(), 'b.tar')
  await backUp(asked(folder, file))
  await types(wiki, ada, oak.id, 'An oak', ' typed since')
  const old = await draftOf(wiki, oak.id)
  await wiki.http.close()
  await wiki.db.close()

  const whole = await starts(folder, ['restore', file, '--force']).ended
  const [replaced = ''] = readdirSync(folder).filter(name => name.startsWith('replaced-'))
  const restored = await openedWiki(folder)
  const fresh = await draftOf(restored, oak.id)
  await restored.close()
  expect(fresh).not.toEqual(old)
  expect(await checked(restored)).toEqual([])

  const seen = new Set<string>()
  for (let round = 0; round < 5; round++) {
    const from = elsewhere()
    cpSync(join(folder, replaced), from, { recursive: true })
    const running = starts(from, ['restore', file, '--force'])
    // Most of the time goes into starting Node, the moves are at the very end.
    await wait(whole * (0.5 + 0.1 * round))
    running.kill()
    await running.ended
    const after = await openedWiki(from)
    const said = await draftOf(after, oak.id)
    seen.add(JSON.stringify(said))
    expect([old, fresh]).toContainEqual(said)
    await after.close()
    expect(await checked(after)).toEqual([])
    expect(readdirSync(from).filter(name => /^(arriving-|restore\.json)/.test(name))).toEqual([])
    const wasReplaced = readdirSync(from).some(name => name.startsWith('replaced-'))
    expect(wasReplaced).toBe(JSON.stringify(said) === JSON.stringify(fresh))
  }
  expect(seen).toContain(JSON.stringify(old))
}, 180_000)

test('a backup that is killed leaves no file that looks like one, and the next one clears up behind it', async () => {
  const { wiki, ada } = await writtenWiki()
  for (let more = 0; more < 30; more++)
    await wiki.revisions.startPage(ada.person, { title: `Tree ${more}`, document: paragraphs('A tree. '.repeat(500)) })
  const file = join(elsewhere(), 'b.tar')
  const whole = await starts(wiki.config.DATA_DIR, ['backup', file, '--force']).ended
  const place = elsewhere()
  for (let round = 0; round < 3; round++) {
    const running = starts(wiki.config.DATA_DIR, ['backup', join(place, 'b.tar')])
    await wait(whole * (0.5 + 0.1 * round))
    running.kill()
    await running.ended
    if (existsSync(join(place, 'b.tar'))) break
    expect(readdirSync(place).filter(name => !name.startsWith('.'))).toEqual([])
  }
  await starts(wiki.config.DATA_DIR, ['backup', join(place, 'b.tar'), '--force']).ended
  expect(readdirSync(place)).toEqual(['b.tar'])
}, 120_000)
