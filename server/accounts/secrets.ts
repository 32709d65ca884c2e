import { createHash, randomBytes } from 'node:crypto'

/** A secret nobody can guess, for a cookie, a token or a link. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a secret: whoever reads it cannot become anybody. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex')
