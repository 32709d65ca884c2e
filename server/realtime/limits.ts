import type { Config } from '../config.ts'

const second = 1000
const kB = 1024
const MB = 1024 * kB

/** What the live channel allows because that is how it is built, in bytes and milliseconds. */
export const bounds = {
  /** Items in one update. */
  structs: 200_000,
  /** Client ids that nobody has seen yet, in one update: each makes a draft a little slower for good. */
  newClients: 500,
  /** Client ids that an address may name. */
  namedClients: 1_000,
  presenceEntries: 500,
  /** Letters of one state, of which only the cursor is taken. */
  presence: 64 * kB,
  /** The standard client drops a connection on which nothing came for 30 s; protocol pings do not count. */
  keepAlive: 15 * second,
  presenceExpiry: 30 * second,
  presenceWindow: 50,
  /** How often everyone connected is asked again who they are; changes of rights are heard of at once. */
  recognition: 15 * second,
  /** The same where the last time failed. */
  askAgain: 1 * second,
  /** For how many seconds' worth of messages and of bytes a client may be ahead of its rate. */
  messageBurst: 10,
  byteBurst: 16,
  /** A line that is held is held for so long at least. */
  shortestWait: 50,
  /** A line from which nothing came for so long, not even the answer to a ping, is dead. */
  silence: 50 * second,
  /** How long a peer may take for its part in closing. */
  farewell: 5 * second,
  /** The same when the wiki stops. */
  lastFarewell: 1 * second,
  /** Bytes waiting for a slow reader from which nobody's cursor is shown to it any more. */
  slowPresence: 1 * MB,
  /** How long to leave alone what failed on the disk, or could not be read from it. */
  recovery: 30 * second,
  /** Updates with gaps in a row, after which a client does not seem able to close them. */
  gaps: 20,
  /** What may wait: of one connection, before its line is held until some of it is on disk. */
  waiting: 1_000,
  waitingBytes: 8 * MB,
} as const

/** What the live channel allows because the operator says so, in bytes and milliseconds. */
export type Limits = ReturnType<typeof limitsOf>

export function limitsOf(config: Config) {
  return {
    message: config.LIVE_MESSAGE_BYTES,
    messagesPerSecond: config.LIVE_MESSAGES_PER_SECOND,
    bytesPerSecond: config.LIVE_BYTES_PER_SECOND,
    connectionsPerPerson: config.LIVE_CONNECTIONS_PER_PERSON,
    connectionsPerAddress: config.LIVE_CONNECTIONS_PER_ADDRESS,
    connectionsPerPage: config.LIVE_CONNECTIONS_PER_PAGE,
    connections: config.LIVE_CONNECTIONS,
    slowReader: config.LIVE_SLOW_READER_BYTES,
    unload: config.LIVE_UNLOAD_SECONDS * second,
    rooms: config.LIVE_ROOMS,
    window: config.LIVE_WINDOW_MS,
    windowLeast: config.LIVE_WINDOW_LEAST_MS,
    drain: config.LIVE_DRAIN_SECONDS * second,
    squashClients: config.LIVE_SQUASH_CLIENTS,
  }
}
