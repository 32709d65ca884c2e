import type { Database } from '../../db/index.ts'
import { networkOf } from '../../http/index.ts'
import { TooManyGuesses } from '../errors.ts'
import { digest } from '../secrets.ts'
import { deleteGuesses, deleteGuessesAt, deleteGuessesBefore, guessesAt, insertGuesses } from './store.ts'

/** How long a wrong guess counts, in milliseconds. */
const memory = 15 * 60_000
/** Wrong guesses at one login from one address. */
const fromHere = 10
/** The same while the login is under attack from many addresses: never zero, so its owner is not locked out elsewhere. */
const fromHereUnderAttack = 3
const underAttack = 100
/** Wrong guesses from one address at whatever accounts: a school may share one. */
const fromAddress = 100

export type Guesses = ReturnType<typeof guesses>

/**
 * The limit on guesses. A guess is written down before the password is looked at, so that many at once cannot slip
 * through together, and struck out again when it was right.
 */
export function guesses({ db }: { db: Database }) {
  return {
    /** Writes down one guess at `login`; refuses when there were too many. Promises how to strike it out again. */
    async begin(login: string, address: string, isKnown: boolean) {
      const now = Date.now()
      const who = `login:${digest(login)}`
      const where = `address:${networkOf(address)}`
      const both = `${who} ${where}`
      const refused = await db.write(async tx => {
        await deleteGuessesBefore(tx, now - memory)
        const attacked = (await guessesAt(tx, who, now - memory, underAttack)).length >= underAttack
        const wait =
          (await waitAt(both, attacked ? fromHereUnderAttack : fromHere)) || (await waitAt(where, fromAddress))
        // An address is not blamed for logins that do not exist: they endanger nobody.
        return wait || { written: await insertGuesses(tx, isKnown ? [both, who, where] : [both], now) }

        async function waitAt(subject: string, most: number) {
          const oldest = (await guessesAt(tx, subject, now - memory, most))[most - 1]
          return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + memory - now) / 1000))
        }
      })
      if (typeof refused === 'number') throw new TooManyGuesses(refused)
      return {
        wasRight: () =>
          db.write(async tx => {
            await deleteGuesses(tx, refused.written)
            await deleteGuessesAt(tx, both)
          }),
      }
    },
  }
}
