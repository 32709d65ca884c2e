import { Type } from 'typebox'
import { shape } from '../shared/shapes.ts'

export const signUpPolicies = ['open', 'approval', 'invitation', 'closed'] as const
export type SignUpPolicy = (typeof signUpPolicies)[number]

const whole = (minimum: number, maximum: number, standard: number, description: string) =>
  Type.Integer({ minimum, maximum, default: standard, description })

/** What the live channel allows. What is over a rate is not refused but read later; what is over a number is turned away. */
const live = {
  LIVE_MESSAGE_BYTES: whole(
    1024,
    2 ** 26,
    2 ** 23,
    'Largest message of an editor in bytes; a larger one is refused with a reason.',
  ),
  LIVE_MESSAGES_PER_SECOND: whole(
    1,
    100_000,
    100,
    'Messages a second that one open editor may send for long, ten times as many for a moment; the rest waits.',
  ),
  LIVE_BYTES_PER_SECOND: whole(
    1024,
    2 ** 30,
    2 ** 18,
    'Bytes a second that one open editor may send for long, sixteen times as many for a moment; the rest waits.',
  ),
  LIVE_CONNECTIONS_PER_PERSON: whole(1, 100_000, 50, 'Drafts that one person may have open at once, in all tabs.'),
  LIVE_CONNECTIONS_PER_ADDRESS: whole(1, 100_000, 200, 'Drafts open at once from one network address.'),
  LIVE_CONNECTIONS_PER_PAGE: whole(1, 100_000, 500, 'People and visitors who may have one draft open at once.'),
  LIVE_CONNECTIONS: whole(1, 1_000_000, 5000, 'Drafts open at once in all.'),
  LIVE_SLOW_READER_BYTES: whole(
    2 ** 16,
    2 ** 30,
    2 ** 23,
    'Bytes that may wait for a reader who is slow to take them; with more the line is cut, and made good on return.',
  ),
  LIVE_UNLOAD_SECONDS: whole(0, 86_400, 30, 'How long a draft stays in memory after the last one has left it.'),
  LIVE_ROOMS: whole(1, 1_000_000, 1000, 'Drafts kept in memory at once; those that nobody has open make room first.'),
  LIVE_WINDOW_MS: whole(
    0,
    100,
    10,
    'Longest wait, in milliseconds, for more edits before a busy draft is written to disk; 0 never waits.',
  ),
  LIVE_WINDOW_LEAST_MS: whole(
    0,
    100,
    0,
    'Shortest such wait, for every draft; above 0 many small drafts share their writes to a slow disk.',
  ),
  LIVE_DRAIN_SECONDS: whole(
    0,
    300,
    8,
    'Over how long editors are sent away when the wiki stops, so that they do not all come back at one moment.',
  ),
  LIVE_SQUASH_CLIENTS: whole(
    1,
    1_000_000,
    500,
    'Number of past editors in the memory of a draft from which it is begun afresh once nobody has it open.',
  ),
}

/** Every setting; the README's table is generated from this. */
export const settings = shape({
  PORT: whole(0, 65535, 3000, 'Port to listen on; 0 takes any free one.'),
  HOST: Type.String({ minLength: 1, default: 'localhost', description: 'Address to listen on; 0.0.0.0 for all.' }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s]+$',
      description: 'Address that readers use, without a slash at the end; needed behind a proxy.',
    }),
  ),
  DATA_DIR: Type.String({ minLength: 1, default: './data', description: 'Folder for the database and uploads.' }),
  SIGN_UP: Type.Optional(
    Type.Enum([...signUpPolicies], {
      description: 'Who may make an account: open, approval, invitation or closed; overrules the choice made at setup.',
    }),
  ),
  METRICS_TOKEN: Type.Optional(
    Type.String({
      minLength: 16,
      description: 'Lets a program on another machine read `/metrics`, with `Authorization: Bearer …`.',
    }),
  ),
  ...live,
})
