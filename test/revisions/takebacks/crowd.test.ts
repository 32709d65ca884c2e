import fc from 'fast-check'
import { test } from 'vitest'
import { anyDeedOrTakeback, foundTakenBack } from '../../realtime/crowd/deeds.ts'
import { live } from '../../realtime/crowd/story.ts'
import { liveWiki } from '../../realtime/support.ts'
import { as } from '../../support/people.ts'

/** How many histories are tried: `TAKEBACK_RUNS=500 TAKEBACK_SEED=$RANDOM npx vitest run test/revisions/takebacks/crowd`. */
const runs = Number(process.env['TAKEBACK_RUNS'] ?? 12)
const again = {
  seed: Number(process.env['TAKEBACK_SEED'] ?? 20261123),
  ...(process.env['TAKEBACK_PATH'] && { path: process.env['TAKEBACK_PATH'] }),
}
const patience = 60_000 + runs * 3_000

test(
  'whatever three people type while edits and people are taken back, all end with one text and no word is lost',
  async () => {
    const wiki = await liveWiki()
    const people = await Promise.all(['Ada', 'Bo', 'Cleo'].map(name => as(wiki, 'member', { name })))
    const cast = { people, mallory: await as(wiki, 'member'), moderator: await as(wiki, 'moderator') }
    const deeds = fc.array(anyDeedOrTakeback, { minLength: 10, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(deeds, history => live(wiki, cast, history)),
      {
        numRuns: runs,
        examples: foundTakenBack.map(history => [history]),
        ...again,
        interruptAfterTimeLimit: patience,
      },
    )
  },
  2 * patience,
)
