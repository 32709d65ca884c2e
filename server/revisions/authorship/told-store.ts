import { prepared, preparedChange, type Reader, type Tables, type Writer } from '../../db/index.ts'

export const factsAt = (db: Reader, pageId: string, number: number) =>
  db
    .selectFrom('authorship_facts')
    .select('bytes')
    .where('page_id', '=', pageId)
    .where('number', '=', number)
    .executeTakeFirst()

export const putFacts = (tx: Writer, { page_id, number, bytes }: Tables['authorship_facts']) =>
  keepFacts(tx, page_id, number, bytes)

const keepFacts = preparedChange((tx, page_id: string, number: number, bytes: Uint8Array) =>
  tx
    .insertInto('authorship_facts')
    .values({ page_id, number, bytes })
    .onConflict(conflict =>
      conflict.columns(['page_id', 'number']).doUpdateSet(({ ref }) => ({ bytes: ref('excluded.bytes') })),
    ),
)

export const lettersOf = prepared((db, pageId: string) =>
  db.selectFrom('published_letters').selectAll().where('page_id', '=', pageId),
)

/** Where the draft of a page held nothing unpublished for the last time. */
export const wholeAt = prepared((db, pageId: string) =>
  db.selectFrom('draft_bases').select(['epoch', 'seq']).where('page_id', '=', pageId),
)

export const putLetters = (tx: Writer, { page_id, number, epoch, seq, bytes }: Tables['published_letters']) =>
  keepLetters(tx, page_id, number, epoch, seq, bytes)

const keepLetters = preparedChange(
  (tx, page_id: string, number: number, epoch: number, seq: number, bytes: Uint8Array) =>
    tx
      .insertInto('published_letters')
      .values({ page_id, number, epoch, seq, bytes })
      .onConflict(conflict =>
        conflict.column('page_id').doUpdateSet(({ ref }) => ({
          number: ref('excluded.number'),
          epoch: ref('excluded.epoch'),
          seq: ref('excluded.seq'),
          bytes: ref('excluded.bytes'),
        })),
      ),
)

export const everyFact = (db: Reader, pageId: string) =>
  db
    .selectFrom('authorship_facts')
    .select(['number', 'bytes'])
    .where('page_id', '=', pageId)
    .orderBy('number')
    .execute()
