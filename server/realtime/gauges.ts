import type { Metrics } from '../metrics.ts'
import type { Guests } from './guests.ts'
import type { Rooms } from './rooms.ts'

/** What the live channel is like at this moment, for whoever asks. */
export function gauges(metrics: Metrics, guests: Guests, open: Rooms) {
  metrics.gauge('connections', 'Connections that are open.', () => guests.open)
  metrics.gauge('rooms', 'Drafts in memory.', () => open.loaded.size)
  metrics.gauge(
    'window_seconds',
    'How long the draft that was written in last waits for more.',
    () => open.window() / 1000,
  )
  const parking = () => [...open.loaded].filter(room => room.isParking).length
  metrics.gauge('drafts_parking', 'Drafts in memory that hold what they cannot place: never more than 0.', parking)
  metrics.gauge('draft_clients_largest', 'Past client ids of the draft in memory that has most of them.', () =>
    Math.max(0, ...[...open.loaded].map(room => room.pastClients)),
  )
}
