import { type Standing, standings } from '../operation.ts'
import type { Asker, Person, PersonState, Role } from './contract.ts'
import { roles } from './contract.ts'

/** A visitor, or a person who is not (or no longer) trusted to write, stands where `anyone` does. */
export function standing(asker: Asker): Standing {
  if (!asker || asker.state !== 'active' || asker.suspension) return 'anyone'
  return asker.role
}

/** Whether the asker stands at least as high as `least`. */
export const standsAs = (asker: Asker, least: Standing): boolean =>
  standings.indexOf(standing(asker)) >= standings.indexOf(least)

/** The person that a rule is about. */
export type Subject = Pick<Person, 'id' | 'role'> & { state: PersonState }

const isAbove = (asker: Asker, role: Role): boolean =>
  asker !== null && roles.indexOf(asker.role) > roles.indexOf(role) && standsAs(asker, 'moderator')

/**
 * Who may suspend somebody, and lift it again: moderators members, administrators moderators too; nobody their own kind,
 * so nobody themselves.
 */
export const maySuspend = (asker: Asker, subject: Subject): boolean =>
  subject.state !== 'imported' && isAbove(asker, subject.role)

/** Whoever may moderate may let a newcomer in. */
export const mayApprove = (asker: Asker, subject: Subject): boolean =>
  subject.state === 'pending' && standsAs(asker, 'moderator')

/** Administrators give and take roles, but the last of them keeps theirs: a wiki is never without one. */
export const mayChangeRole = (asker: Asker, subject: Subject, role: Role, administrators: number): boolean =>
  standsAs(asker, 'administrator') && subject.state === 'active' && !leavesNone(subject, role, administrators)

/** Whether a change of role would leave the wiki without an administrator. */
export const leavesNone = (subject: Subject, role: Role, administrators: number): boolean =>
  subject.role === 'administrator' && role !== 'administrator' && administrators <= 1

/** Moderators invite members; only administrators invite people above that. */
export const mayInvite = (asker: Asker, role: Role): boolean =>
  standsAs(asker, role === 'member' ? 'moderator' : 'administrator')

/** The list of accounts, with e-mail addresses and suspensions, is for those who look after them. */
export const mayListPeople = (asker: Asker): boolean => standsAs(asker, 'moderator')
