import fc from 'fast-check'
import { test } from 'vitest'
import { as } from '../support/people.ts'
import { anyDeed, anyDeedOrEpoch, type Deed, found } from './crowd/deeds.ts'
import { live } from './crowd/story.ts'
import { liveWiki } from './support.ts'

/** How many histories are tried: `EVERYONE_RUNS=2000 EVERYONE_SEED=$RANDOM npx vitest run test/realtime/everyone`. */
const runs = Number(process.env['EVERYONE_RUNS'] ?? 30)
/** The same histories each time, so that a failure is the change's fault; others by their seed, and a path to one of them. */
const again = {
  seed: Number(process.env['EVERYONE_SEED'] ?? 20261123),
  ...(process.env['EVERYONE_PATH'] && { path: process.env['EVERYONE_PATH'] }),
}
const patience = (histories: number) => 60_000 + histories * 3_000

async function everyone(deeds: fc.Arbitrary<Deed>, histories: number) {
  const wiki = await liveWiki()
  const people = await Promise.all(['Ada', 'Bo', 'Cleo'].map(name => as(wiki, 'member', { name })))
  const cast = { people, mallory: await as(wiki, 'member'), moderator: await as(wiki, 'moderator') }
  const property = fc.asyncProperty(fc.array(deeds, { minLength: 5, maxLength: 60 }), async history => {
    await live(wiki, cast, history)
  })
  await fc.assert(property, {
    numRuns: histories,
    examples: found.map(history => [history]),
    ...again,
    interruptAfterTimeLimit: patience(histories),
  })
}

test(
  'whatever people do, and whatever one of them sends, all end with the same words and none is lost',
  () => everyone(anyDeed, runs),
  2 * patience(runs),
)

test(
  'the same holds where the draft begins epoch after epoch meanwhile',
  () => everyone(anyDeedOrEpoch, Math.ceil(runs / 8)),
  2 * patience(runs),
)
