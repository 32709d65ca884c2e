import { colourOf } from '../../../shared/accounts/colour.ts'
import type { Person, PersonState, Role } from '../../../shared/accounts/contract.ts'
import { emailKey, type Faults, faultInName, only } from '../../../shared/accounts/fields.ts'
import { faultInHandle, handleFrom, handleKey } from '../../../shared/accounts/handle.ts'
import { firstGraphemes } from '../../../shared/accounts/text.ts'
import type { Database, Reader, Writer } from '../../db/index.ts'
import { newId } from '../../db/index.ts'
import type { Events } from '../../events.ts'
import { refuseFaults } from '../../refusal.ts'
import { PersonNotFound, Taken } from '../errors.ts'
import {
  countAdministrators,
  insertPerson,
  peopleAfter,
  peopleByIds,
  personByEmailKey,
  personByHandleKey,
  personById,
  type SuspendablePersonRow,
  updatePerson,
} from './store.ts'

/** A person as others see them beside their words. */
export interface Byline {
  id: string
  handle: string
  name: string
  /** 1 to 8: their colour in presence. */
  colour: number
}

/** What an account is made from; the fields have been checked. */
export interface NewPerson {
  handle: string
  name: string
  email: string | null
  passwordHash: string | null
  role: Role
  state: PersonState
}

/** Someone as another place names them. */
export interface ImportedCredit {
  name: string
  handle?: string | undefined
  id?: string | undefined
}

/** A person with what only they and those who look after accounts may see. */
export type Account = Person & { email: string | null; language: string | null; createdAt: number }

export type People = ReturnType<typeof people>

export function people({ db, events }: { db: Database; events: Events }) {
  const byHandle = async (handle: string, reader: Reader = db.read): Promise<Account | undefined> =>
    asAccount(await personByHandleKey(reader, handleKey(handle), Date.now()))
  const create = async (tx: Writer, given: NewPerson, id = newId()): Promise<Account> => {
    const handle_key = handleKey(given.handle)
    const email_key = given.email === null ? null : emailKey(given.email)
    const taken: Faults = only({
      handle: (await personByHandleKey(tx, handle_key, 0)) && 'accounts/handle-taken',
      email: email_key !== null && (await personByEmailKey(tx, email_key, 0)) ? 'accounts/email-taken' : undefined,
    })
    if (Object.keys(taken).length > 0) throw new Taken(taken)
    const { handle, name, email, role, state } = given
    const created_at = Date.now()
    const row = { id, handle, handle_key, name, email, email_key, role, state, language: null, created_at }
    await insertPerson(tx, { ...row, password_hash: given.passwordHash })
    return { id, handle, name, role, state, suspension: null, email, language: null, createdAt: created_at }
  }

  return {
    create,
    byHandle,
    byId: async (id: string, reader: Reader = db.read): Promise<Account | undefined> =>
      asAccount(await personById(reader, id, Date.now())),

    /** The person with this handle, in any case; refuses where there is none. */
    async requireByHandle(handle: string, reader: Reader = db.read): Promise<Account> {
      const found = await byHandle(handle, reader)
      if (!found) throw new PersonNotFound(handle)
      return found
    },

    /** Names for bylines, by id; ids that nobody has are left out. */
    async byIds(ids: Iterable<string>, reader: Reader = db.read): Promise<Map<string, Byline>> {
      const rows: Pick<Byline, 'id' | 'handle' | 'name'>[] = []
      const wanted = [...new Set(ids)]
      // An engine takes only so many parameters in one statement.
      while (wanted.length > 0) rows.push(...(await peopleByIds(reader, wanted.splice(0, 500))))
      return new Map(rows.map(row => [row.id, { ...row, colour: colourOf(row.id) }]))
    },

    countAdministrators: () => countAdministrators(db.read),

    /** Accounts by handle: one page of the list, and where the next one begins. Imported people only when asked for. */
    async list({ state, after = '', limit = 100 }: { state?: PersonState; after?: string; limit?: number }) {
      const rows = await peopleAfter(db.read, state, after, limit + 1, Date.now())
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? (shown.at(-1)?.handle_key ?? null) : null
      return { people: shown.map(row => asAccount(row)), next }
    },

    /**
     * Someone who is credited for words from elsewhere, with a handle made from the one wished for, or from the name.
     * Nobody can sign in as them. A name or handle that the wiki would refuse from a person is made fit, never refused.
     * `id` is who they were in another wiki; nobody here may have it.
     */
    async addImported(tx: Writer, { name, handle: wish = '', id }: ImportedCredit): Promise<string> {
      const fit = firstGraphemes(name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim(), 100).trim()
      const shown = faultInName(fit) ? 'Someone' : fit
      const base = faultInHandle(wish) ? handleFrom(shown) : wish
      let handle = base
      for (let turn = 2; await personByHandleKey(tx, handleKey(handle), 0); turn++)
        handle = `${base}-${turn < 10 ? turn : newId().slice(-8)}`
      const given = { handle, name: shown, email: null, passwordHash: null, role: 'member', state: 'imported' } as const
      return (await create(tx, given, id)).id
    },

    /** Changes what people see of someone, and the language they are spoken to in. */
    async describe(tx: Writer, id: string, changes: { name?: string; language?: string | null }) {
      const faults = only({ name: changes.name === undefined ? undefined : faultInName(changes.name) })
      refuseFaults(faults)
      if (Object.keys(changes).length > 0) await updatePerson(tx, id, changes)
      await events.announce(tx, 'person changed', { personId: id })
    },
  }
}

/** Only what `Person` promises, from a row of the store. */
export const asPerson = (row: SuspendablePersonRow): Person => ({
  id: row.id,
  handle: row.handle,
  name: row.name,
  role: row.role,
  state: row.state,
  suspension: row.suspended_for === null ? null : { until: row.suspended_until, reason: row.suspended_for },
})

function asAccount(row: SuspendablePersonRow): Account
function asAccount(row: SuspendablePersonRow | undefined): Account | undefined
function asAccount(row: SuspendablePersonRow | undefined): Account | undefined {
  return row && { ...asPerson(row), email: row.email, language: row.language, createdAt: row.created_at }
}
