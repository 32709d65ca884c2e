import { setImmediate as turn } from 'node:timers/promises'
import { Refusal } from '../../../server/refusal.ts'
import { schema } from '../../../shared/document/schema.ts'
import type { Member } from '../../support/people.ts'
import type { LiveWiki } from '../support.ts'
import type { Deed } from './deeds.ts'
import { type Handwork, pick } from './desk.ts'
import { expectEveryWord, expectOneDocument, readLog } from './judge.ts'
import { attack } from './mallory.ts'
import { Words, wordsIn } from './words.ts'
import { Writer } from './writer.ts'

export interface Cast {
  people: Member[]
  mallory: Member
  moderator: Member
}

/** One history of a page, from the first visit to the last word; throws where a word or anything else went wrong. */
export async function live(wiki: LiveWiki, { people, mallory, moderator }: Cast, deeds: readonly Deed[]) {
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
      case 'undo edit':
      case 'roll back':
        await takeBack(wiki, page, moderator, deed, { revision, person: writer.member })
        return
      case 'change':
        await change(wiki, page, moderator, words.made(moderator.person.id))
        return
      case 'epoch':
        return beginEpoch(wiki, page, deed.size % 2 === 0 ? 'squash' : 'restore')
      case 'attack': {
        const { shownId: victim, room } = writer
        if (victim === undefined) return
        const { ydoc: copy } = await wiki.drafts.load(wiki.db.read, page)
        await attack(wiki, mallory, room, { ...deed, victim, copy })
      }
    }
  }

  try {
    await Promise.all(writers.map(writer => writer.open()))
    for (const deed of deeds) await perform(deed)
    await expectOneDocument(wiki, page, writers)
    await readLog(wiki, page, words, word => published.has(word))
    await expectEveryWord(wiki, page, words, [...people, moderator])
  } finally {
    for (const writer of writers) writer.close()
  }
}

/** What would change nothing is refused, and so is what would leave nothing. */
const unlessNothing = <Result>(act: Promise<Result>) =>
  act.catch((fault: unknown) => {
    if (fault instanceof Refusal && /^(revisions\/nothing-|pages\/unpublished)/.test(fault.code)) return undefined
    throw fault
  })

/** A moderator undoes a revision or rolls a writer back; where words clash, every other place is undone. */
async function takeBack(
  { revisions }: LiveWiki,
  page: string,
  { person: by }: Member,
  { kind, size }: { kind: string; size: number },
  { revision, person }: { revision: number; person: Member },
) {
  const choices = (ahead: { conflicts: { id: string }[] } | undefined) =>
    (ahead?.conflicts ?? []).map(({ id: conflict }, at) => {
      const take = (size + at) % 2 === 0 ? ('undo' as const) : ('keep' as const)
      return { conflict, take }
    })
  if (kind === 'roll back') {
    const whom = { person: person.person.id }
    const ahead = await unlessNothing(revisions.previewRollback(by, page, whom))
    await unlessNothing(revisions.rollBack(by, page, { ...whom, choices: choices(ahead) }))
  } else if (revision > 0) {
    const what = { revision: 1 + (size % revision) }
    const ahead = await unlessNothing(revisions.previewUndo(by, page, what))
    await unlessNothing(revisions.undo(by, page, { ...what, choices: choices(ahead) }))
  }
}

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
