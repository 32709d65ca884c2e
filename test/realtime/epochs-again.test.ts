import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { begins, brings, causes, ended, isHeard, kept, rescuedFor } from './epochs.ts'
import { liveWiki, opens } from './support.ts'

for (const cause of causes) {
  test(`whoever is heard twice after a ${cause} is not doubled, and what came between is moved too`, async () => {
    const wiki = await liveWiki()
    const ada = await as(wiki, 'member')
    const page = await wiki.page('An oak.', '古树很老。')
    const adas = await opens(wiki, ada, page)
    adas.provider.disconnect()
    await begins(wiki, page, cause)
    adas.types('An oak', ' of helo')
    adas.types('古树', '🌳')
    await isHeard(adas)
    await isHeard(adas)
    expect(await wiki.logged(page)).toBe('An oak of helo.\n古树🌳很老。')

    // The acknowledgement was lost, so the device still has it all, and its owner goes on.
    adas.types('An oak of hel', 'l')
    adas.types('古树🌳', '和花')
    await isHeard(adas)
    expect(await wiki.logged(page)).toBe('An oak of hello.\n古树🌳和花很老。')
    await brings(wiki, ada, page, kept(adas))
    expect(await wiki.logged(page)).toBe('An oak of hello.\n古树🌳和花很老。')
    expect(await rescuedFor(ada, page)).toEqual([])
  })

  test(`words that were moved over a ${cause} and taken back before the second hearing are gone`, async () => {
    const wiki = await liveWiki()
    const ada = await as(wiki, 'member')
    const page = await wiki.page('An oak.')
    const adas = await opens(wiki, ada, page)
    adas.provider.disconnect()
    await begins(wiki, page, cause)
    adas.types('An oak', ' that is wrong')
    await isHeard(adas)
    adas.deletes(' that is wrong')
    adas.types('An oak', ' that is right')
    await isHeard(adas)
    expect(await wiki.logged(page)).toBe('An oak that is right.')
  })

  test(`two old tabs of one person are both heard after a ${cause}, also at the same moment`, async () => {
    const wiki = await liveWiki()
    const ada = await as(wiki, 'member')
    const page = await wiki.page('An oak.', 'شجرة.')
    const [one, other] = [await opens(wiki, ada, page), await opens(wiki, ada, page)]
    one.types('An oak', ' known to both')
    await one.saved()
    await other.saved()
    for (const { provider } of [one, other]) provider.disconnect()
    await begins(wiki, page, cause)
    one.types('known to both', ' and one')
    other.types('شجرة', ' كبيرة')
    await Promise.all([isHeard(one), isHeard(other)])
    expect(await wiki.logged(page)).toBe('An oak known to both and one.\nشجرة كبيرة.')
    const third = await opens(wiki, ada, page, { ydoc: kept(one), isAwaited: false })
    expect((await ended(third)).code).toBe(4409)
    expect(await wiki.logged(page)).toBe('An oak known to both and one.\nشجرة كبيرة.')
  })
}
