import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../server/root.ts'
import { languages } from '../../shared/i18n/translate.ts'
import { closing } from '../../shared/realtime/closing.ts'
import { Hello, Rejected } from '../../shared/realtime/contract.ts'

const reasonsOf = (kind: { anyOf: readonly object[] }) =>
  kind.anyOf.flatMap(one => ('const' in one && typeof one.const === 'string' ? [one.const] : []))

describe.each([...languages])('in %s', language => {
  const said = JSON.parse(readFileSync(join(root, `shared/i18n/${language}/realtime.json`), 'utf8')) as object
  const sentence = (key: string) => Object.entries(said).find(([one]) => one === key)?.[1] as unknown

  test.each(Object.entries(closing))('whoever is closed with %s is told so in a sentence', (_name, code) => {
    expect(sentence(`realtime.closed.${code}`)).toMatch(/\p{L}.{10,}/u)
  })
  test.each(reasonsOf(Rejected.properties.reason))(
    'whose words are refused for %s is told so in a sentence',
    reason => {
      expect(sentence(`realtime.rejected.${reason}`)).toMatch(/\p{L}.{10,}/u)
    },
  )
  test.each(reasonsOf(Hello.properties.reason))('whoever may not write for %s is told so in a sentence', reason => {
    expect(sentence(`realtime.readonly.${reason}`)).toMatch(/\p{L}.{10,}/u)
  })
})

test('what is for good and what is for now is told by the code alone', () => {
  const { restart, overloaded, resync, ...lasting } = closing
  for (const code of Object.values(lasting)) expect(Math.floor(code / 100)).toBe(44)
  for (const code of [restart, overloaded, resync]) expect(Math.floor(code / 100)).toBe(45)
  expect(Object.values(closing).toSorted()).toEqual([4401, 4403, 4404, 4409, 4410, 4413, 4422, 4426, 4500, 4503, 4508])
})

test('the protocol’s table of codes is complete', () => {
  const protocol = readFileSync(join(root, 'shared/realtime/PROTOCOL.md'), 'utf8')
  const listed = [...protocol.matchAll(/^\| (4\d{3}) /gm)].map(([, code]) => Number(code))
  expect(listed).toEqual(Object.values(closing))
})
