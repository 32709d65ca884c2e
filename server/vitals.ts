import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Config } from './config.ts'
import type { Metrics } from './metrics.ts'

/** Counts how the process itself does, and tells the limits that are set. Returns how to stop. */
export function vitals(metrics: Metrics, config: Config): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  metrics.gaugeBy(
    'quantile',
    'event_loop_delay_seconds',
    'How much later than due the process got round to things, since this was last asked.',
    () => {
      const seconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0)
      const read = { 0.5: seconds(delay.percentile(50)), 0.99: seconds(delay.percentile(99)), 1: seconds(delay.max) }
      delay.reset()
      return read
    },
  )
  metrics.gauge('resident_bytes', 'Memory of the process.', () => process.memoryUsage.rss())
  metrics.gauge('heap_bytes', 'Memory of the process that JavaScript uses.', () => process.memoryUsage().heapUsed)
  metrics.gauge('cpu_seconds', 'Time that the processor spent on the wiki.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  const set = Object.entries(config).filter(([name]) => name.startsWith('LIVE_'))
  metrics.gaugeBy('setting', 'limit', 'Each limit of the live channel, as it is set.', () =>
    Object.fromEntries(set.map(([name, value]) => [name, Number(value)])),
  )
  return () => delay.disable()
}
