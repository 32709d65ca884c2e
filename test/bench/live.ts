import { type Bench, type Figure, inFolder, quantile } from './bench.ts'
import { articleState, type Ground, settle } from './live/ground.ts'
import type { Order } from './live/load.ts'
import { measure, type Measure } from './live/measure.ts'
import { crowd, serve, type Server, serverFile, wikiFile } from './live/processes.ts'
import type { Seat } from './live/typist.ts'

const rounds = 3
/** Compiling its code makes a server dearer for so many rounds. */
const warmUps = 2
const [warm, measured] = [2_500, 7_500]
const shapes = [
  { name: '1 page x 50 people', rooms: 1, people: 50, extra: 20 },
  { name: '50 pages x 4 people', rooms: 50, people: 4, extra: 3 },
] as const
type Shape = (typeof shapes)[number]
type Name = 'relay' | 'yws' | 'ours' | 'ours, 10 ms'

/** A server that takes part, and the seats it has for a round. */
interface Entrant {
  name: Name
  server: Server
  seats: (shape: Shape) => Pick<Order, 'rooms' | 'seed'>
}

/**
 * People type live: how soon others have it, and what it costs, against a relay that reads and keeps nothing. Ours has
 * every edit on disk and checked before anyone sees it.
 */
const bench: Bench = print =>
  inFolder(folder =>
    inFolder(async waitingFolder => {
      const grounds = [await ground(folder), await ground(waitingFolder)] as const
      const entrants: Entrant[] = []
      const load = crowd()
      try {
        entrants.push(await other('relay', false), await other('yws', true))
        entrants.push(await ours('ours', folder, grounds[0], {}))
        entrants.push(await ours('ours, 10 ms', waitingFolder, grounds[1], { LIVE_WINDOW_LEAST_MS: '10' }))
        const work = (entrant: Entrant, shape: Shape, hasPresence: boolean) =>
          measure(entrant.server, { ...entrant.seats(shape), hasPresence, warm, measured }, load)
        return await compare(entrants, work, print)
      } finally {
        await Promise.all([load.stop(), ...entrants.map(({ server }) => server.stop())])
      }
    }),
  )
export default bench

const ground = (folder: string) => {
  const pages = shapes.reduce((sum, { rooms }) => sum + rooms, 0) * (rounds * 2 + warmUps)
  return settle(folder, pages, Math.max(...shapes.map(({ people }) => people)))
}

async function other(name: 'relay' | 'yws', isKept: boolean): Promise<Entrant> {
  const server = await serve(serverFile(name))
  const seed = { update: articleState(), isKept }
  let made = 0
  const seats = ({ rooms, people }: Shape) => ({
    seed,
    rooms: times(rooms, () => {
      const room = `${server.address}/${++made}`
      return times(people, () => ({ url: room, headers: {}, clientId: clientId() }))
    }),
  })
  return { name, server, seats }
}

async function ours(
  name: Name,
  folder: string,
  { pages, tokens }: Ground,
  settings: Record<string, string>,
): Promise<Entrant> {
  const server = await serve(wikiFile, {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    // Everybody comes from one address, and what a round has opened is put away before the next.
    LIVE_CONNECTIONS_PER_ADDRESS: '1000',
    LIVE_UNLOAD_SECONDS: '0',
    ...settings,
  })
  const seats = ({ rooms, people }: Shape) => ({
    rooms: times(rooms, () => {
      const page = pages.pop()
      if (page === undefined) throw new Error('there are too few pages')
      return times(people, (at): Seat => {
        const id = clientId()
        const headers = { authorization: `Bearer ${tokens[at]}` }
        return { url: `${server.address}/sync/${page}?client=${id}`, headers, clientId: id }
      })
    }),
  })
  return { name, server, seats }
}

/** In turns, so that whatever else the machine does falls on all of them. */
async function compare(
  entrants: readonly Entrant[],
  work: (entrant: Entrant, shape: Shape, hasPresence: boolean) => Promise<Measure>,
  print: (line: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const shape of shapes) {
    const silent = new Map<Name, Measure>()
    // A room of 50 waits anyway.
    const taking = entrants.filter(({ name }) => shape.rooms > 1 || name !== 'ours, 10 ms')
    // A server works for weeks: what compiling its code costs at first is left out, for all of them.
    for (let round = 0; round < warmUps; round++) for (const entrant of taking) await work(entrant, shape, true)
    for (const hasPresence of [false, true]) {
      const all = new Map<Name, Measure[]>()
      for (let round = 0; round < rounds; round++)
        for (const entrant of taking) {
          const known = all.get(entrant.name) ?? []
          all.set(entrant.name, [...known, await work(entrant, shape, hasPresence)])
        }
      const middle = new Map([...all].map(([name, measures]) => [name, median(measures)]))
      print(`${shape.name}, presence ${hasPresence ? 'on' : 'off'}`)
      for (const [name, one] of middle) print(line(name, one, middle.get('relay')?.cost ?? NaN))
      figures.push(...bounds(shape, middle, hasPresence ? silent : undefined))
      if (!hasPresence) for (const [name, one] of middle) silent.set(name, one)
    }
  }
  return figures
}

function line(name: string, { p50, p95, p99, cost, growth, lost, delivered }: Measure, least: number): string {
  const delays = [p50, p95, p99].map(delay => delay.toFixed(1).padStart(5)).join(' ')
  const costs = `${(cost * 1000).toFixed(1).padStart(6)} ms / 1,000, ${(cost / least).toFixed(2)} of the relay`
  return `  ${name.padEnd(12)} ${delays} ms; ${costs}; ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB; ${lost} of ${delivered} lost`
}

function bounds(shape: Shape, now: Map<Name, Measure>, silent: Map<Name, Measure> | undefined): Figure[] {
  const [relay, us, waiting] = [now.get('relay'), now.get('ours'), now.get('ours, 10 ms')]
  if (!relay || !us) return []
  const what = (claim: string) => `${shape.name}${silent ? ', presence on' : ''}: ${claim}`
  const lost = { what: what('edits lost'), is: us.lost + (waiting?.lost ?? 0), most: 0 }
  const before = silent?.get('ours')
  if (before) return [{ what: what('processor, with presence off = 1'), is: us.cost / before.cost, most: 1.3 }, lost]
  const figures: Figure[] = [
    { what: what('processor, relay = 1'), is: us.cost / relay.cost, most: shape.rooms > 1 ? 3.3 : 1.3 },
    { what: what('ms later than the relay in 95 %'), is: us.p95 - relay.p95, most: shape.extra },
  ]
  if (waiting)
    figures.push({ what: what('processor with a 10 ms window, relay = 1'), is: waiting.cost / relay.cost, most: 2.2 })
  return [...figures, lost]
}

function median(measures: readonly Measure[]): Measure {
  const of = (pick: (measure: Measure) => number) => quantile(measures.map(pick), 0.5)
  return {
    p50: of(one => one.p50),
    p95: of(one => one.p95),
    p99: of(one => one.p99),
    cost: of(one => one.cost),
    growth: of(one => one.growth),
    delivered: of(one => one.delivered),
    lost: Math.max(...measures.map(one => one.lost)),
  }
}

const times = <Item>(count: number, make: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => make(at))

const clientId = () => Math.floor(Math.random() * 2 ** 32)
