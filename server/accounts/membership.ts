import type { Asker, Role } from '../../shared/accounts/contract.ts'
import { faultInPassword, faultsIn, only, type PersonFields } from '../../shared/accounts/fields.ts'
import { leavesNone, mayApprove, mayChangeRole } from '../../shared/accounts/may.ts'
import type { Database, Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import { refuseFaults } from '../refusal.ts'
import { type Choices, faultsInChoices, inForm, type Site } from '../site/index.ts'
import { InvitationNeeded, LastAdministrator, NotYours, SetupDone, SignUpClosed, WrongPassword } from './errors.ts'
import type { Guesses } from './guesses/service.ts'
import type { Invitations } from './invitations/service.ts'
import { hashOf, isPassword } from './passwords.ts'
import type { Account, NewPerson, People } from './people/service.ts'
import { countAdministrators, deletePerson, passwordHashOf, updatePerson } from './people/store.ts'
import type { Sessions } from './sessions/service.ts'

interface Rooms {
  db: Database
  events: Events
  site: Site
  people: People
  sessions: Sessions
  invitations: Invitations
  guesses: Guesses
}

/** How people come to have an account, a role and a password. */
export function membership({ db, events, site, people, sessions, invitations, guesses }: Rooms) {
  const change = (handle: string, work: (tx: Writer, subject: Account) => Promise<void>) =>
    db.write(async tx => {
      const subject = await people.requireByHandle(handle, tx)
      await work(tx, subject)
      await events.announce(tx, 'rights changed', { personId: subject.id })
      return (await people.byId(subject.id, tx)) ?? subject
    })

  return {
    /** Makes an account for whoever asks, as the wiki's policy has it; with an invitation it needs no approval. */
    async signUp(fields: PersonFields, invitation?: string): Promise<Account> {
      const policy = site.signUp()
      if (policy === 'closed') throw new SignUpClosed()
      if (policy === 'invitation' && invitation === undefined) throw new InvitationNeeded()
      refuseFaults(faultsIn(fields))
      const passwordHash = await hashOf(fields.password)
      return db.write(tx => {
        const create = (role: Role, state: NewPerson['state']) =>
          people.create(tx, { ...fields, passwordHash, role, state })
        if (invitation === undefined) return create('member', policy === 'approval' ? 'pending' : 'active')
        return invitations.redeem(tx, invitation, role => create(role, 'active'))
      })
    },

    /** Makes an account without asking anybody: for first-run setup and the command line. */
    async enrol(fields: Omit<PersonFields, 'email'> & { email: string | null }, role: Role): Promise<Account> {
      const { email, ...faults } = faultsIn({ ...fields, email: fields.email ?? '' })
      refuseFaults(fields.email === null || !email ? faults : { ...faults, email })
      const passwordHash = await hashOf(fields.password)
      return db.write(async tx => {
        const person = await people.create(tx, { ...fields, passwordHash, role, state: 'active' })
        // Whoever has an administrator needs no setup link, and a forgotten one would be a way in.
        if (role === 'administrator' && !site.isSetUp()) await site.finishSetup(tx)
        return person
      })
    },

    /** First-run setup: the wiki's choices and its first administrator, both or neither. Happens once. */
    async setUp(choices: Choices, fields: PersonFields): Promise<Account> {
      refuseFaults({ ...inForm(faultsInChoices(choices)), ...faultsIn(fields) })
      const passwordHash = await hashOf(fields.password)
      return db.write(async tx => {
        if (site.isSetUp()) throw new SetupDone()
        const person = await people.create(tx, { ...fields, passwordHash, role: 'administrator', state: 'active' })
        await site.choose(tx, choices)
        await site.finishSetup(tx)
        return person
      })
    },

    /** Lets somebody who signed up write. */
    approve: (by: Asker, handle: string) =>
      change(handle, async (tx, subject) => {
        if (!mayApprove(by, subject)) throw new NotYours()
        await updatePerson(tx, subject.id, { state: 'active' })
      }),

    /** Turns away somebody who signed up: the account is gone, as nothing was written with it yet. */
    async decline(by: Asker, handle: string) {
      await db.write(async tx => {
        const subject = await people.requireByHandle(handle, tx)
        if (!mayApprove(by, subject)) throw new NotYours()
        await sessions.endAll(tx, subject.id)
        await deletePerson(tx, subject.id)
      })
    },

    changeRole: (by: Asker, handle: string, role: Role) =>
      change(handle, async (tx, subject) => {
        const administrators = await countAdministrators(tx)
        if (leavesNone(subject, role, administrators)) throw new LastAdministrator()
        if (!mayChangeRole(by, subject, role, administrators)) throw new NotYours()
        await updatePerson(tx, subject.id, { role })
      }),

    /** The same from the command line, where whoever runs it owns the machine. */
    giveRole: (handle: string, role: Role) =>
      change(handle, async (tx, subject) => {
        if (leavesNone(subject, role, await countAdministrators(tx))) throw new LastAdministrator()
        if (subject.state === 'imported') throw new NotYours()
        await updatePerson(tx, subject.id, { role, state: 'active' })
        if (role === 'administrator' && !site.isSetUp()) await site.finishSetup(tx)
      }),

    /** Changes one's own password; every other session ends. Promises the secret of a new session. */
    async changePassword(
      person: Account,
      typed: { current: string; password: string },
      from: { address: string; agent: string },
    ) {
      const guess = await guesses.begin(person.id, from.address, true)
      if (!(await isPassword(typed.current, await passwordHashOf(db.read, person.id)))) throw new WrongPassword()
      await guess.wasRight()
      refuseFaults(only({ password: faultInPassword(typed.password, person) }))
      const password_hash = await hashOf(typed.password)
      return db.write(async tx => {
        await updatePerson(tx, person.id, { password_hash })
        await sessions.endAll(tx, person.id)
        return sessions.begin(tx, person.id, from.agent)
      })
    },

    /** Gives somebody a new password from the command line; all their sessions end. */
    async resetPassword(handle: string, password: string) {
      const person = await people.requireByHandle(handle)
      if (person.state === 'imported') throw new NotYours()
      refuseFaults(only({ password: faultInPassword(password, person) }))
      const password_hash = await hashOf(password)
      await db.write(async tx => {
        await updatePerson(tx, person.id, { password_hash })
        await sessions.endAll(tx, person.id)
      })
    },
  }
}
