import type { Insertable, Selectable } from 'kysely'
import type { Reader, Tables, Writer } from '../../db/index.ts'

export type PersonRow = Selectable<Tables['people']>

/** A person with the suspension that holds now, if any. */
const withSuspension = (db: Reader, now: number) =>
  db
    .selectFrom('people')
    .leftJoin('suspensions', join =>
      join
        .onRef('suspensions.person_id', '=', 'people.id')
        .on('suspensions.lifted_at', 'is', null)
        .on(on => on.or([on('suspensions.until', 'is', null), on('suspensions.until', '>', now)])),
    )
    .selectAll('people')
    .select(['suspensions.until as suspended_until', 'suspensions.reason as suspended_for'])

export type SuspendablePersonRow = Awaited<ReturnType<typeof personById>> & object

export const personById = (db: Reader, id: string, now: number) =>
  withSuspension(db, now).where('people.id', '=', id).executeTakeFirst()

export const personByHandleKey = (db: Reader, key: string, now: number) =>
  withSuspension(db, now).where('handle_key', '=', key).executeTakeFirst()

export const personByEmailKey = (db: Reader, key: string, now: number) =>
  withSuspension(db, now).where('email_key', '=', key).executeTakeFirst()

/** Who has a session or a token: joined here, so that every request asks the database once. */
export const personOfSession = (db: Reader, id: string, now: number) =>
  withSuspension(db, now)
    .innerJoin('sessions', 'sessions.person_id', 'people.id')
    .select(['sessions.seen_at', 'sessions.expires_at'])
    .where('sessions.id', '=', id)
    .where('sessions.expires_at', '>', now)
    .executeTakeFirst()

export const personOfToken = (db: Reader, hash: string, now: number) =>
  withSuspension(db, now)
    .innerJoin('tokens', 'tokens.person_id', 'people.id')
    .select(['tokens.id as token_id', 'tokens.scopes', 'tokens.used_at'])
    .where('tokens.hash', '=', hash)
    .executeTakeFirst()

export const peopleByIds = (db: Reader, ids: readonly string[]) =>
  db.selectFrom('people').select(['id', 'handle', 'name']).where('id', 'in', ids).execute()

export function peopleAfter(
  db: Reader,
  state: PersonRow['state'] | undefined,
  after: string,
  limit: number,
  now: number,
) {
  const people = withSuspension(db, now).where('people.handle_key', '>', after)
  return (state ? people.where('people.state', '=', state) : people.where('people.state', '!=', 'imported'))
    .orderBy('people.handle_key')
    .limit(limit)
    .execute()
}

export async function countAdministrators(db: Reader): Promise<number> {
  const { count } = await db
    .selectFrom('people')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('role', '=', 'administrator')
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function insertPerson(tx: Writer, row: Insertable<Tables['people']>) {
  await tx.insertInto('people').values(row).execute()
}

export async function updatePerson(tx: Writer, id: string, changes: Partial<Omit<PersonRow, 'id'>>) {
  await tx.updateTable('people').set(changes).where('id', '=', id).execute()
}

/** Only for somebody who never wrote: other tables refer to whoever did. */
export async function deletePerson(tx: Writer, id: string) {
  await tx.deleteFrom('suspensions').where('person_id', '=', id).execute()
  await tx.deleteFrom('people').where('id', '=', id).execute()
}

export async function passwordHashOf(db: Reader, id: string): Promise<string | null> {
  const row = await db.selectFrom('people').select('password_hash').where('id', '=', id).executeTakeFirst()
  return row?.password_hash ?? null
}
