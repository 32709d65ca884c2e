import { describe, expect, test } from 'vitest'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { presence, siege, type Siege } from './siege.ts'

describe('presence that is meant to harm shows nothing of it:', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const position = '{"type":{"client":1,"clock":2},"tname":null,"item":null,"assoc":0}'
  const states: Record<string, string> = {
    'a colour that is style': '{"user":{"name":"HARM","color":"red;background:url(//HARM)"}}',
    'a state of a megabyte': JSON.stringify({ user: { name: 'HARM'.repeat(250_000) } }),
    'a cursor of a megabyte': `{"cursor":{"anchor":${position},"head":${position},"more":"${'HARM'.repeat(250_000)}"}}`,
    'a tower of lists': deep,
    'a cursor that is a tower': `{"cursor":${deep}}`,
    'a cursor in a tower': `{"cursor":{"anchor":${deep},"head":${position}}}`,
    'a prototype': '{"__proto__":{"HARM":true},"cursor":{"__proto__":{"anchor":1}}}',
    'a constructor': '{"constructor":{"prototype":{"HARM":true}}}',
    'numbers without end':
      '{"cursor":{"anchor":{"item":{"client":1e999,"clock":-1}},"head":{"item":{"client":1e400,"clock":1e308}}}}',
    'another root': `{"cursor":{"anchor":{"tname":"HARM"},"head":{"tname":"HARM"}}}`,
    'more in a position': `{"cursor":{"anchor":${position.replace('{', '{"HARM":"HARM",')},"head":${position}}}`,
    'a list for a state': '["HARM"]',
    'a word for a state': '"HARM"',
    'a number for a state': '1e999',
  }
  test('whatever it says', async () => {
    const besieged = await siege()
    await besieged.withstands(async () => {
      for (const [name, json] of Object.entries(states)) {
        const line = await besieged.storms('?client=4711')
        line.send(presence([{ clientId: 4711, clock: 5, json }]))
        line.send(frames.barrier(1))
        await line.hears(frame => frame.equals(frames.barrier(1)))
        for (const text of await shownBy(besieged)) {
          expect(text, name).not.toContain('HARM')
          expect(text.length, name).toBeLessThan(2000)
        }
        line.close()
        await line.closed
      }
    })
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(Reflect.get({}, 'HARM')).toBeUndefined()
  })

  test('five thousand ghosts', async () => {
    const besieged = await siege()
    await besieged.withstands(async () => {
      const line = await besieged.storms('?client=4711')
      const ghosts = Array.from({ length: 5000 }, (_, n) => ({ clientId: 10_000 + n, clock: 1, json: '{"user":{}}' }))
      line.send(presence(ghosts))
      for (let at = 0; at < ghosts.length; at += 400) line.send(presence(ghosts.slice(at, at + 400)))
      line.send(frames.barrier(1))
      await line.hears(frame => frame.equals(frames.barrier(1)))
      // Ada, Bo and the attacker are all there can be.
      for (const text of await shownBy(besieged)) expect(text.charCodeAt(3)).toBeLessThan(5)
    })
  })

  test('a thousand comings and goings a second', async () => {
    const besieged = await siege()
    await besieged.withstands(async () => {
      const line = await besieged.storms('?client=4711')
      for (let clock = 1; clock < 1000; clock++)
        line.send(presence([{ clientId: 4711, clock, json: clock % 2 ? '{}' : 'null' }]))
      line.send(frames.barrier(1))
      await line.hears(frame => frame.equals(frames.barrier(1)))
    })
  })
})

/** Everybody's presence, as somebody who has just come is told. */
async function shownBy(besieged: Siege): Promise<string[]> {
  const watcher = await besieged.storms()
  watcher.send(frames.queryAwareness())
  watcher.send(frames.barrier(9))
  await watcher.hears(frame => frame.equals(frames.barrier(9)))
  watcher.close()
  return watcher.frames.filter(frame => frame[0] === kinds.awareness).map(frame => frame.toString('latin1'))
}
