import type { Config } from '../config.ts'
import type { Metrics } from '../metrics.ts'
import type { Limits } from './limits.ts'

/** What the live channel counts as it goes; each is called where the thing happens. */
export type Counts = ReturnType<typeof countsIn>

export function countsIn(metrics: Metrics) {
  const reached = metrics.counterBy('setting', 'limit_reached_total', 'How often a limit took effect, by its setting.')
  for (const setting of Object.values(settingOf)) reached(setting, 0)
  return {
    /** A limit took effect. */
    reached: (limit: keyof Limits) => reached(settingOf[limit]),
    refused: metrics.counterBy('reason', 'refusals_total', 'Edits that were refused, by reason.'),
    closed: metrics.counterBy('code', 'closes_total', 'Connections that the server closed, by code.'),
    committed: metrics.counter('batches_committed_total', 'Batches of edits that were committed.'),
    edits: metrics.counter('edits_committed_total', 'Edits that were committed.'),
    rows: metrics.counter(
      'rows_committed_total',
      'Rows of the log that were committed, one for each author in a batch.',
    ),
    gaps: metrics.counter(
      'gaps_total',
      'Edits that lacked something before them, so that their client was asked for it.',
    ),
    commitFailed: metrics.counter('commits_failed_total', 'Commits that failed; nobody was shown what they held.'),
    commitSeconds: metrics.histogram('commit_seconds', 'How long a batch takes to be on disk.', secondBounds),
    hearingSeconds: metrics.histogram(
      'hearing_seconds',
      'How long it takes to move what a client brought for an epoch that is over.',
      secondBounds,
    ),
    acknowledged: metrics.counter('barriers_acknowledged_total', 'Times that a writer was told: saved.'),
    loaded: metrics.counter('rooms_loaded_total', 'Drafts taken into memory.'),
    unloaded: metrics.counter('rooms_unloaded_total', 'Drafts put away from memory.'),
  }
}

const settingOf = {
  message: 'LIVE_MESSAGE_BYTES',
  messagesPerSecond: 'LIVE_MESSAGES_PER_SECOND',
  bytesPerSecond: 'LIVE_BYTES_PER_SECOND',
  connectionsPerPerson: 'LIVE_CONNECTIONS_PER_PERSON',
  connectionsPerAddress: 'LIVE_CONNECTIONS_PER_ADDRESS',
  connectionsPerPage: 'LIVE_CONNECTIONS_PER_PAGE',
  connections: 'LIVE_CONNECTIONS',
  slowReader: 'LIVE_SLOW_READER_BYTES',
  unload: 'LIVE_UNLOAD_SECONDS',
  rooms: 'LIVE_ROOMS',
  window: 'LIVE_WINDOW_MS',
  windowLeast: 'LIVE_WINDOW_LEAST_MS',
  drain: 'LIVE_DRAIN_SECONDS',
  squashClients: 'LIVE_SQUASH_CLIENTS',
} as const satisfies Record<keyof Limits, keyof Config>

const secondBounds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5]
