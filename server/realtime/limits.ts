const second = 1000
const kB = 1024
const MB = 1024 * kB

/** What the live channel allows, in bytes and milliseconds. */
export const limits = {
  /** A frame beyond this is cut by the socket library, in a way that makes clients try again. */
  frame: 16 * MB,
  /** So a message beyond this is refused by us first, for good and with a reason. */
  message: 8 * MB,
  /** Items in one update. */
  structs: 200_000,
  cursor: 512,
  presenceEntries: 500,
  /** The standard client drops a connection on which nothing came for 30 s; protocol pings do not count. */
  keepAlive: 15 * second,
  presenceExpiry: 30 * second,
  presenceWindow: 50,
  /** How often everyone connected is asked again who they are; changes of rights are heard of at once. */
  recognition: 15 * second,
  unload: 30 * second,
  /** Bytes waiting for a slow reader: presence stops, then the connection is cut; the state vector repairs it. */
  slowPresence: 1 * MB,
  slowReader: 8 * MB,
  connectionsPerPage: 500,
  connectionsPerPerson: 50,
  /** Updates with gaps in a row, after which a client does not seem able to close them. */
  gaps: 20,
  /** What may wait: of one connection, before its line is held until some of it is on disk. */
  waiting: 1_000,
  waitingBytes: 8 * MB,
} as const
