import { hash, verify } from '@node-rs/argon2'
import { Busy } from './errors.ts'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Nobody's. Verified where there is no such person, so that the answer takes the same time. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$GW9PU7LWHWjl2JQ+EGhYaA$mvLiIYLJEBBgUlDwAGFOXQ6/OVoYwWfS66dR+YQHz6U'

/** Two at once: hashing runs beside the event loop, in threads that files and compression need too. */
const atOnce = 2
const mostWaiting = 200
let running = 0
const waiting: (() => void)[] = []

/** The argon2id hash of a password. */
export const hashOf = (password: string): Promise<string> => inTurn(() => hash(same(password), cost))

/** Whether the password is the one behind the hash; without a hash it never is, after the same time. */
export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const right = await inTurn(() => verify(stored ?? nobodys, same(password)))
  return right && typeof stored === 'string'
}

/** Keyboards spell é in two ways. */
const same = (password: string) => password.normalize('NFC')

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < atOnce) running++
  else if (waiting.length >= mostWaiting) throw new Busy()
  else await new Promise<void>(resolve => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // A turn is handed on, not given back, so that newcomers cannot overtake.
    if (next) next()
    else running--
  }
}
