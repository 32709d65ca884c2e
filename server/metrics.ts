/**
 * What the wiki counts about itself, for operators to watch at `/metrics`. A room says once what it counts, when it is
 * put together, and keeps the function that it gets:
 *
 *     const refused = metrics.counterBy('reason', 'refusals_total', 'Edits that were refused, by reason.')
 *     refused('schema')
 *     const committed = metrics.counter('batches_committed_total', 'Batches of edits that were committed.')
 *     committed()
 *     const took = metrics.histogram('commit_seconds', 'How long a commit takes.', [0.001, 0.01, 0.1, 1])
 *     took(0.004)
 *     metrics.gauge('rooms', 'Drafts in memory.', () => rooms.size)
 *
 * Counting costs an addition. A gauge is read only when somebody asks. Every name is written with `commonleaf_` before it.
 */
export interface Metrics {
  counter(name: string, help: string): (by?: number) => void
  /** One count for each value of a label. */
  counterBy(label: string, name: string, help: string): (value: string | number, by?: number) => void
  histogram(name: string, help: string, bounds: readonly number[]): (value: number) => void
  gauge(name: string, help: string, read: () => number): void
  gaugeBy(label: string, name: string, help: string, read: () => Record<string, number>): void
  /** Everything in the text format of Prometheus. */
  text(): string
}

const prefix = 'commonleaf_'

export function metrics(): Metrics {
  const families = new Map<string, () => string[]>()

  function family(type: 'counter' | 'gauge' | 'histogram', name: string, help: string, lines: () => string[]) {
    if (families.has(name)) throw new Error(`${name} is counted twice`)
    const head = [`# HELP ${prefix}${name} ${help}`, `# TYPE ${prefix}${name} ${type}`]
    families.set(name, () => [...head, ...lines()])
  }

  return {
    counter(name, help) {
      let count = 0
      family('counter', name, help, () => [line(name, count)])
      return (by = 1) => void (count += by)
    },
    counterBy(label, name, help) {
      const counts = new Map<string, number>()
      family('counter', name, help, () => [...counts].map(([value, count]) => line(name, count, { [label]: value })))
      return (value, by = 1) => void counts.set(String(value), (counts.get(String(value)) ?? 0) + by)
    },
    gauge: (name, help, read) => family('gauge', name, help, () => [line(name, read())]),
    gaugeBy: (label, name, help, read) =>
      family('gauge', name, help, () =>
        Object.entries(read()).map(([of, value]) => line(name, value, { [label]: of })),
      ),
    histogram(name, help, bounds) {
      // One more for whatever is above every bound.
      const counts = Array.from({ length: bounds.length + 1 }, () => 0)
      let sum = 0
      family('histogram', name, help, () => {
        let below = 0
        const buckets = counts.map((count, at) =>
          line(`${name}_bucket`, (below += count), { le: String(bounds[at] ?? '+Inf') }),
        )
        return [...buckets, line(`${name}_sum`, sum), line(`${name}_count`, below)]
      })
      return value => {
        let at = 0
        while (at < bounds.length && value > (bounds[at] ?? 0)) at++
        counts[at] = (counts[at] ?? 0) + 1
        sum += value
      }
    },
    text: () => [...families.values()].flatMap(lines => lines().map(one => `${one}\n`)).join(''),
  }
}

function line(name: string, value: number, labels: Record<string, string> = {}): string {
  const said = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${prefix}${name}${said.length > 0 ? `{${said.join(',')}}` : ''} ${value}`
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
