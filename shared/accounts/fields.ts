import { faultInHandle, handleKey } from './handle.ts'
import { fold, graphemes, isTowering, isUnruly, isVisible } from './text.ts'

/** What a person types to get an account. */
export interface PersonFields {
  handle: string
  name: string
  email: string
  password: string
}

/** What is wrong, by field, as codes of refusals; empty where all is well. */
export type Faults = Partial<Record<string, string>>

export const shortestPassword = 8
export const longestPassword = 1000

export function faultInName(name: string): string | undefined {
  if (!isVisible(name)) return 'accounts/name-empty'
  if (isUnruly(name) || isTowering(name)) return 'accounts/name-characters'
  if (name !== name.trim()) return 'accounts/name-edges'
  if (graphemes(name) > 100 || name.length > 1000) return 'accounts/name-long'
  return undefined
}

/** Only what no address can be is refused: whether it reaches somebody, only a message can tell. */
export function faultInEmail(email: string): string | undefined {
  const [local = '', domain = '', ...more] = email.split('@')
  if (email.length > 254) return 'accounts/email-long'
  const strange = /[\s\p{C}\p{Z}<>()[\]\\,:;"]/u.test(email)
  const labels = domain.split('.')
  if (strange || more.length > 0 || local === '' || labels.length < 2) return 'accounts/email-form'
  if (labels.some(label => !/^[\p{L}\p{Nd}]([\p{L}\p{Nd}\p{M}-]*[\p{L}\p{Nd}\p{M}])?$/u.test(label)))
    return 'accounts/email-form'
  return undefined
}

/** Long enough to resist guessing; no rules about kinds of characters, which only make passwords alike. */
export function faultInPassword(password: string, person: { handle: string; email?: string | null }) {
  if (graphemes(password) < shortestPassword) return 'accounts/password-short'
  if (password.length > longestPassword) return 'accounts/password-long'
  if (handleKey(password) === handleKey(person.handle) || (person.email && fold(password) === fold(person.email)))
    return 'accounts/password-known'
  return undefined
}

/** Every field that is wrong, at once. */
export function faultsIn({ handle, name, email, password }: PersonFields): Faults {
  return only({
    handle: faultInHandle(handle),
    name: faultInName(name),
    email: faultInEmail(email),
    password: faultInPassword(password, { handle, email }),
  })
}

/** Keeps the fields that have a fault. */
export const only = (faults: Record<string, string | undefined>): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined))

/** What makes two e-mail addresses the same. */
export const emailKey = (email: string): string => fold(email.trim())
