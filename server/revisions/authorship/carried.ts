import { copiesIn } from '../../../shared/document/copies.ts'
import { type Letters, lettersIn } from '../../../shared/document/owners.ts'
import { unitText } from '../../../shared/document/units.ts'
import type { Writer } from '../../db/index.ts'
import type { Ground } from '../ground.ts'
import { lettersFromBytes, lettersToBytes, nowhere, placesOf } from './letters.ts'
import * as store from './store.ts'
import * as toldStore from './told-store.ts'

/**
 * Follows the letters published last into another epoch, where they have other names: so the next publication still knows
 * them, and those that somebody put elsewhere in the epoch that has ended. A schema that changed has other letters, and
 * then the texts must tell.
 */
export async function carryLetters(
  { drafts, contents }: Pick<Ground, 'drafts' | 'contents'>,
  tx: Writer,
  pageId: string,
  epoch: number,
) {
  const [row, ended] = [await toldStore.lettersOf(tx, pageId), await drafts.before(tx, pageId, epoch)]
  if (!row || !ended || row.epoch !== ended.epoch) return
  const draft = await drafts.load(tx, pageId)
  const [was, is] = [lettersIn(ended.fragment), lettersIn(draft.fragment)]
  const [text] = await store.textsBefore(tx, pageId, row.number + 1, 1)
  if (was.text !== is.text || !text?.content_hash) return

  const words = unitText(await contents.read(tx, text.content_hash))
  const places = placesOf(lettersFromBytes(row.bytes))
  const rows = await drafts.tail(tx, { ...ended, seq: row.seq })
  const originOf = copiesIn(
    rows.map(({ payload }) => payload),
    (client, clock) => {
      const run = places.at(client, clock)
      return run && words[run.value + clock - run.clock]
    },
  )
  const now: (Omit<Letters, 'size'> | undefined)[] = Array.from({ length: words.length })
  const names = unitsIn(is.letters)
  for (const [unit, { client, clock }] of unitsIn(was.letters).entries()) {
    const origin = originOf(client, clock, 1)
    const run = places.at(origin.client, origin.clock)
    if (run) now[run.value + origin.clock - run.clock] ??= names[unit]
  }
  const letters = now.map(name => ({ size: 1, ...(name ?? { client: nowhere, clock: 0 }) }))
  const { seq } = draft
  await toldStore.putLetters(tx, { page_id: pageId, number: row.number, epoch, seq, bytes: lettersToBytes(letters) })
}

const unitsIn = (letters: readonly Letters[]) =>
  letters.flatMap(({ size, client, clock }) => Array.from({ length: size }, (_, at) => ({ client, clock: clock + at })))
