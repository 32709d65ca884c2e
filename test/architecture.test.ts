import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../server/root.ts'
import { filesIn, type Source, sourcesIn } from './support/sources.ts'

/** Rooms of the server, floor by floor from the ground up; a room leans on its own floor or below. */
const floors = [
  ['db', 'html', 'http'],
  ['site', 'licensing', 'accounts'],
  ['drafts', 'pages', 'revisions'],
  ['history', 'realtime', 'discussions', 'search', 'api'],
  ['front', 'exchange', 'starter', 'upkeep'],
  ['console'],
]
/** Files that belong to no room: any room may use these, and only these may use every room. */
const ground = ['command.ts', 'config.ts', 'events.ts', 'metrics.ts', 'pace.ts', 'refusal.ts', 'root.ts', 'settings.ts']
const roofs = ['app.ts', 'main.ts', 'metrics-route.ts', 'open.ts', 'operators.ts']

const server = sourcesIn('server')
const client = sourcesIn('client')
const shared = sourcesIn('shared')
const rooms = readdirSync(join(root, 'server'), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'start')
  .map(({ name }) => name)

/** Every import that breaks a rule, as `file → import`. */
const offences = (sources: readonly Source[], isWrong: (imported: string, path: string) => boolean) =>
  sources.flatMap(({ path, imports }) => imports.filter(one => isWrong(one, path)).map(one => `${path} → ${one}`))

const roomOf = (path: string) => /^server\/([^/]+)\//.exec(path)?.[1]
const floorOf = (room: string) => floors.findIndex(floor => floor.includes(room))
const isNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name)

test('what both ends share imports neither end, and nothing of Node', () => {
  expect(offences(shared, one => /^(server|client|test|migrations)\//.test(one) || isNode(one))).toEqual([])
})

test('what both ends share touches no DOM', () => {
  const dom =
    /(?<![\w.$'"`/-])(?:document\.(?:body|createElement|querySelector)|window\.(?:location|document|addEventListener)|localStorage|navigator\.)/
  expect(shared.filter(({ text }) => dom.test(text)).map(({ path }) => path)).toEqual([])
})

test('browser and server never import each other', () => {
  expect(offences(client, one => /^(server|migrations|test)\//.test(one) || isNode(one))).toEqual([])
  expect(offences(server, one => /^(client|test)\//.test(one))).toEqual([])
})

test('a room is entered through its index only', () => {
  const wrong = (imported: string, path: string) => {
    const room = roomOf(imported)
    return room !== undefined && room !== roomOf(path) && !/^server\/[^/]+\/index\.ts$/.test(imported)
  }
  // A bare import of a declaration for Fastify's types carries no code.
  expect(offences(server, (one, path) => wrong(one, path) && !one.endsWith('/context.ts'))).toEqual([])
})

test('every room stands on a floor and leans on its own floor or below', () => {
  expect(rooms.filter(room => floorOf(room) < 0)).toEqual([])
  const wrong = (imported: string, path: string) => {
    const [from, to] = [roomOf(path), roomOf(imported)]
    if (from === undefined) return ground.includes(path.slice('server/'.length)) && to !== undefined && to !== 'db'
    if (to !== undefined) return floorOf(to) > floorOf(from)
    const file = /^server\/([^/]+)$/.exec(imported)?.[1]
    return file !== undefined && roofs.includes(file) && from !== 'console'
  }
  expect(offences(server, wrong)).toEqual([])
})

test('rooms of one floor do not lean on each other in a circle', () => {
  const leans = new Map(rooms.map(room => [room, new Set<string>()]))
  for (const { path, runs } of server) {
    const from = roomOf(path)
    for (const to of runs.map(roomOf)) if (from && to && from !== to) leans.get(from)?.add(to)
  }
  const circles = rooms.flatMap(room =>
    [...(leans.get(room) ?? [])].filter(other => leans.get(other)?.has(room)).map(other => `${room} ↔ ${other}`),
  )
  expect(circles).toEqual([])
})

test('inside a room, routes lean on the service and the service on the store, never the other way', () => {
  const layer = (path: string) =>
    /(^|-|\/)store\.ts$|\.sqlite\.ts$/.test(path) ? 0 : /\/(routes|reading|views)(\.ts|\/)/.test(path) ? 2 : 1
  const wrong = (imported: string, path: string) =>
    roomOf(imported) !== undefined &&
    roomOf(imported) === roomOf(path) &&
    ((layer(path) === 0 && layer(imported) > 0 && /\/service\.ts$|\/routes\.ts$/.test(imported)) ||
      (layer(path) === 2 && layer(imported) === 0))
  expect(offences(server, wrong)).toEqual([])
})

test('only stores and the database room write queries', () => {
  const query = /\.(selectFrom|insertInto|updateTable|deleteFrom|replaceInto)\(/
  const asking = server.filter(({ text, path }) => query.test(text) && roomOf(path) !== 'db').map(({ path }) => path)
  expect(asking.filter(path => !/(^|-|\/)store\.ts$|\.sqlite\.ts$/.test(path))).toEqual([])
})

test('every room opens with a card', () => {
  const doors = rooms.map(room => `server/${room}/index.ts`)
  expect(doors.filter(door => !readFileSync(join(root, door), 'utf8').startsWith('/**'))).toEqual([])
})

test('the top level holds the wings and what tools insist on', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    entry => entry.isDirectory() && !entry.name.startsWith('.'),
  )
  const wings = ['client', 'data', 'dist', 'migrations', 'node_modules', 'server', 'shared', 'test']
  expect(folders.map(({ name }) => name).filter(name => !wings.includes(name))).toEqual([])
})

test('one Yjs is installed', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object }
  expect(Object.keys(packages).filter(path => /(^|\/)node_modules\/yjs$/.test(path))).toEqual(['node_modules/yjs'])
})

test('style sheets name logical sides, so that they fit both directions of writing', () => {
  const physical =
    /(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right))/
  const sheets = filesIn('client').filter(path => path.endsWith('.css'))
  expect(sheets.filter(path => physical.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
})
