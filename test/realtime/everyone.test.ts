import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { test } from 'vitest'
import { Refusal } from '../../server/refusal.ts'
import { schema } from '../../shared/document/schema.ts'
import { as, type Member } from '../support/people.ts'
import { type Handwork, handwork, pick } from './crowd/desk.ts'
import { expectEveryWord, expectOneDocument, readLog } from './crowd/judge.ts'
import { attack } from './crowd/mallory.ts'
import { Words, wordsIn } from './crowd/words.ts'
import { Writer } from './crowd/writer.ts'
import { type LiveWiki, liveWiki } from './support.ts'

/** How many histories are tried: `EVERYONE_RUNS=2000 npx vitest run test/realtime/everyone`, long on a machine of its own. */
const runs = Number(process.env['EVERYONE_RUNS'] ?? 30)
/** A failure tells its seed and path; both bring it again. */
const again = {
  ...(process.env['EVERYONE_SEED'] && { seed: Number(process.env['EVERYONE_SEED']) }),
  ...(process.env['EVERYONE_PATH'] && { path: process.env['EVERYONE_PATH'] }),
}
const patience = (histories: number) => 60_000 + histories * 3_000

const place = { where: fc.nat(30), at: fc.nat(30), size: fc.nat(4) }
const who = fc.nat(2)
const work = (kind: Handwork['kind'], weight: number) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), who, ...place }),
})
const happens = <Kind extends string>(weight: number, ...kinds: Kind[]) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constantFrom(...kinds), who, size: fc.nat(4) }),
})

const anyDeed = fc.oneof(
  work('type', 24),
  ...handwork.map(kind => work(kind, 2)),
  happens(12, 'rest', 'breathe'),
  happens(6, 'leave', 'come back', 'break off', 'reload'),
  happens(3, 'publish', 'restore', 'change'),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('attack'),
      who,
      way: fc.nat(99),
      bytes: fc.uint8Array({ maxLength: 40 }),
    }),
  },
)
const anyDeedOrEpoch = fc.oneof({ weight: 15, arbitrary: anyDeed }, happens(1, 'epoch'))
type Deed = typeof anyDeedOrEpoch extends fc.Arbitrary<infer One> ? One : never

interface Cast {
  people: Member[]
  mallory: Member
  moderator: Member
}

/** One history of a page, from the first visit to the last word. */
async function live(wiki: LiveWiki, { people, mallory, moderator }: Cast, deeds: readonly Deed[]) {
  const words = new Words()
  const line = () => Array.from({ length: 3 }, () => words.made(null)).join('')
  const page = await wiki.page(line(), line(), line())
  const writers = people.map((member, at) => new Writer(wiki, { member, words, room: page, isEditor: at > 0 }))
  const published = new Set<string>()
  let revision = 0

  const publish = async () => {
    const { ydoc } = await wiki.drafts.load(wiki.db.read, page)
    for (const word of wordsIn(ydoc).keys()) published.add(word)
    const made = await unlessNothing(wiki.revisions.publish(moderator.person, page, {}))
    revision = made?.number ?? revision
  }
  const isHandwork = (deed: Deed): deed is Extract<Deed, Handwork> => 'where' in deed

  async function perform(deed: Deed) {
    const writer = pick(writers, deed.who)
    if (!writer) return
    if (isHandwork(deed)) return writer.perform(deed)
    switch (deed.kind) {
      case 'rest':
        if (!writer.isAway) await writer.saved()
        return
      case 'breathe':
        for (let turns = 0; turns <= deed.size; turns++) await turn()
        return
      case 'leave':
        return writer.leave()
      case 'come back':
        return writer.comeBack()
      case 'break off':
        return writer.breakOff()
      case 'reload':
        return writer.reload()
      case 'publish':
        return publish()
      case 'restore':
        if (revision > 0)
          await unlessNothing(wiki.revisions.restore(moderator.person, page, 1 + (deed.size % revision), {}))
        return
      case 'change':
        await change(wiki, page, moderator, words.made(moderator.person.id))
        return
      case 'epoch':
        return beginEpoch(wiki, page, deed.size % 2 === 0 ? 'squash' : 'restore')
      case 'attack': {
        const copy = await wiki.drafts.load(wiki.db.read, page)
        await attack(wiki, mallory, writer.room, { ...deed, victim: writer.shownId, copy: copy.ydoc })
      }
    }
  }

  try {
    await Promise.all(writers.map(writer => writer.open()))
    for (const deed of deeds) await perform(deed)
    await expectOneDocument(wiki, page, writers)
    await readLog(wiki, page, words, word => published.has(word))
    await expectEveryWord(wiki, page, words, writers)
  } finally {
    for (const writer of writers) writer.close()
  }
}

/** A publication or a restore that would change nothing is refused. */
const unlessNothing = <Result>(act: Promise<Result>) =>
  act.catch((fault: unknown) => {
    if (fault instanceof Refusal && fault.code === 'revisions/nothing-changed') return undefined
    throw fault
  })

/** A program moves the first block to the end and writes another before it. */
const change = (wiki: LiveWiki, page: string, { person }: Member, word: string) =>
  wiki.db.write(async tx => {
    const draft = await wiki.drafts.load(tx, page)
    const [first, ...rest] = draft.document().children
    const target = schema.node('doc', null, [
      ...rest,
      schema.node('line', null, [schema.text(word)]),
      ...(first ? [first] : []),
    ])
    await wiki.drafts.change(tx, draft, { by: person.id, kind: 'api', target })
  })

async function beginEpoch(wiki: LiveWiki, page: string, cause: 'squash' | 'restore') {
  await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause }))
}

async function everyone(deeds: fc.Arbitrary<Deed>, histories: number) {
  const wiki = await liveWiki()
  const people = await Promise.all(['Ada', 'Bo', 'Cleo'].map(name => as(wiki, 'member', { name })))
  const cast = { people, mallory: await as(wiki, 'member'), moderator: await as(wiki, 'moderator') }
  const property = fc.asyncProperty(fc.array(deeds, { minLength: 5, maxLength: 60 }), async history => {
    await live(wiki, cast, history)
  })
  await fc.assert(property, { numRuns: histories, ...again, interruptAfterTimeLimit: patience(histories) })
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
