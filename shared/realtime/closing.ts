/**
 * Why a connection was closed. 44xx is for good: the standard provider does not come back. 45xx is for now: it does.
 * Each has a sentence for people under `realtime.closed.<code>`.
 */
export const closing = {
  signIn: 4401,
  forbidden: 4403,
  noPage: 4404,
  otherEpoch: 4409,
  deleted: 4410,
  tooLarge: 4413,
  rejected: 4422,
  outdated: 4426,
  restart: 4500,
  overloaded: 4503,
  resync: 4508,
} as const

export type Closing = (typeof closing)[keyof typeof closing]
