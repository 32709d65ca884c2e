import * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import { roomOf } from '../../../shared/realtime/room.ts'
import type { OpenWiki } from '../../../server/open.ts'
import { type Figure, inFolder, quantile } from '../bench.ts'
import { article, inWiki, makePages, makePeople } from '../live/ground.ts'
import { measure } from '../live/measure.ts'
import { crowd, serve, wikiFile } from '../live/processes.ts'
import { longDocument } from './page.ts'

const rounds = 3
const [people, pace] = [8, 20]
const pastClients = 5_000

/** What one edit costs the server: on a page of 50,000 words, and on one that 5,000 tabs have written in before. */
export const costOnServer = (print: (line: string) => void): Promise<Figure[]> =>
  inFolder(async folder => {
    const { rooms, tokens } = await inWiki(folder, async wiki => {
      const [fresh = '', large = '', worn = '', squashed = ''] = await makePages(wiki, [
        article(),
        longDocument(50_000),
        article(),
        article(),
      ])
      for (const page of [worn, squashed]) await wear(wiki, page)
      await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, squashed, { cause: 'squash' }))
      const names = { fresh, large, worn, squashed: roomOf(squashed, 2) }
      return { rooms: names, tokens: await makePeople(wiki, people) }
    })
    // The worn page is to stay as it is.
    const keep = { LIVE_SQUASH_CLIENTS: '1000000', LIVE_UNLOAD_SECONDS: '3600' }
    const server = await serve(wikiFile, { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, ...keep })
    const load = crowd()
    const costs = { fresh: [] as number[], large: [] as number[], worn: [] as number[], squashed: [] as number[] }
    try {
      for (let round = 0; round < rounds; round++)
        for (const name of ['fresh', 'large', 'worn', 'squashed'] as const) {
          const seats = tokens.map(token => {
            const clientId = Math.floor(Math.random() * 2 ** 32)
            const url = `${server.address}/sync/${rooms[name]}?client=${clientId}`
            return { url, headers: { authorization: `Bearer ${token}` }, clientId }
          })
          const order = { rooms: [seats], hasPresence: false, pace, warm: 1_500, measured: 3_000 }
          // Every edit reaches all the others.
          costs[name].push((await measure(server, order, load)).cost * (people - 1) * 1000)
        }
    } finally {
      await Promise.all([load.stop(), server.stop()])
    }
    const [fresh, large, worn, squashed] = [costs.fresh, costs.large, costs.worn, costs.squashed].map(of =>
      quantile(of, 0.5),
    )
    if (fresh === undefined || large === undefined || squashed === undefined) return []
    for (const [name, cost] of Object.entries({ fresh, large, [`${pastClients} clients`]: worn, squashed }))
      print(`an edit on a page that is ${name}: ${cost?.toFixed(0)} µs of the server's processor`)
    return [
      { what: 'server cost of an edit on 50,000 words, on a short page = 1', is: large / fresh, most: 1.5 },
      { what: 'server cost of an edit after a squash, on a fresh page = 1', is: squashed / fresh, most: 2 },
    ]
  })

/** Lets many tabs of nobody in particular each write a word, as the log of an old page has it. */
async function wear({ db, drafts }: OpenWiki, pageId: string) {
  const draft = await drafts.load(db.read, pageId)
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(draft.ydoc))
  const before = Y.encodeStateVector(ydoc)
  const ids = Array.from({ length: pastClients }, () => Math.floor(Math.random() * 2 ** 32))
  const lines = fragmentOf(ydoc).toArray()
  ydoc.transact(() => {
    for (const [at, id] of ids.entries()) {
      ydoc.clientID = id
      const line = lines[at % lines.length]
      const text = line instanceof Y.XmlElement ? line.get(0) : undefined
      if (text instanceof Y.XmlText) text.insert(0, 'word ')
    }
  })
  const payload = Y.encodeStateAsUpdate(ydoc, before)
  await db.write(async tx => {
    await drafts.append(tx, draft, [{ personId: null, clientId: null, kind: 'edit', payload }])
    for (const id of ids) await drafts.bind(tx, draft, id, { personId: null, madeHere: false })
  })
}
