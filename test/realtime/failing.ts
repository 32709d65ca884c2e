import { type RawBuilder, sql } from 'kysely'
import type { FreshWiki } from '../support/wiki.ts'

/** What may go wrong with a batch: one of its statements, or the commit after every statement has gone well. */
export type Failing = 'a statement' | 'the commit'

const acts: Record<Failing, RawBuilder<unknown>> = {
  'a statement': sql`select raise(abort, 'the disk is full')`,
  'the commit': sql`insert into doubts values ('no such page')`,
}

/** Lets no batch through, or none for one page, until the answer is called. */
export async function failBatches({ db }: FreshWiki, failing: Failing, page?: string): Promise<() => Promise<unknown>> {
  await db.write(async tx => {
    await sql`create table doubts (id integer references pages (id) deferrable initially deferred)`.execute(tx)
    await sql`create trigger doubt before insert on draft_updates
      ${page === undefined ? sql`` : sql`when new.page_id = ${sql.lit(page)}`}
      begin ${acts[failing]}; end`.execute(tx)
  })
  return () => db.write(tx => sql`drop trigger doubt`.execute(tx))
}
