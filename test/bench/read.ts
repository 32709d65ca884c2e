import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import fastify, { type FastifyInstance } from 'fastify'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import type { OpenWiki } from '../../server/open.ts'
import { corpusHistory } from '../support/corpus.ts'
import { type Bench, quantile, withWiki } from './bench.ts'

const connections = 8
const seconds = 1.5
const rounds = 5

/** Readers of one page of 50 KB, against a bare route that sends the same bytes with the same headers. */
const bench: Bench = print =>
  withWiki(async wiki => {
    const address = await longPage(wiki)
    const port = await listening(wiki.http)
    const figures = []
    for (const encoding of ['identity', 'br']) {
      const answer = await fetch(`http://127.0.0.1:${port}${address}`, { headers: { 'accept-encoding': encoding } })
      const headers = Object.fromEntries(answer.headers)
      const { payload } = await wiki.http.inject({ url: address, headers: { 'accept-encoding': 'identity' } })
      const { rawPayload } = await wiki.http.inject({
        url: address,
        headers: { 'accept-encoding': encoding, host: `127.0.0.1:${port}` },
      })
      const bare = await bareRoute(rawPayload, headers)
      const speeds: { wiki: number[]; bare: number[] } = { wiki: [], bare: [] }
      // In turns, so that whatever else the machine does falls on both.
      for (let round = 0; round < rounds; round++) {
        speeds.bare.push(await load(await bare.port, '/', encoding))
        speeds.wiki.push(await load(port, address, encoding))
      }
      await bare.http.close()
      const [ours, theirs] = [quantile(speeds.wiki, 0.5), quantile(speeds.bare, 0.5)]
      const size = `${Math.round(payload.length / 1000)} KB, sent as ${Math.round(rawPayload.length / 1000)} KB`
      print(`${encoding}: ${Math.round(ours)} reads a second of ${Math.round(theirs)} (${size})`)
      figures.push({ what: `share of a bare route, ${encoding}`, is: ours / theirs, least: 0.6 })
    }
    return figures
  })
export default bench

async function longPage({ db, accounts, revisions }: OpenWiki): Promise<string> {
  const person = await db.write(tx =>
    accounts.people.create(tx, {
      handle: 'ada',
      name: 'Ada',
      email: null,
      passwordHash: null,
      role: 'member',
      state: 'active',
    }),
  )
  let text = ''
  for (const { revisions: all } of corpusHistory('opensource-guide-en')) {
    if (text.length > 36_000) break
    text += all.findLast(revision => revision.text !== undefined)?.text ?? ''
  }
  const document = fromMarkdown(text.slice(0, 36_000))
  const page = await revisions.startPage(person, { title: 'A long page', language: 'en', document })
  return `/wiki/${page.slug}`
}

async function bareRoute(bytes: Buffer, sent: Record<string, string>) {
  const http = fastify()
  const { 'content-length': _length, date: _date, connection: _connection, 'keep-alive': _alive, ...headers } = sent
  http.get('/', (_request, reply) => reply.headers(headers).send(bytes))
  return { http, port: listening(http) }
}

async function listening(http: FastifyInstance): Promise<number> {
  await http.listen({ port: 0, host: '127.0.0.1' })
  return (http.server.address() as AddressInfo).port
}

/** Answers a second, counted by a thread of its own that reads no more of an answer than it must. */
const load = (port: number, path: string, encoding: string) =>
  new Promise<number>((resolve, reject) => {
    const worker = new Worker(client, { eval: true, workerData: { port, path, encoding, connections, seconds } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

const client = `
  const { connect } = require('node:net')
  const { workerData, parentPort } = require('node:worker_threads')
  const { port, path, encoding, connections, seconds } = workerData
  const request = 'GET ' + encodeURI(decodeURI(path)) + ' HTTP/1.1\\r\\nhost: 127.0.0.1:' + port + '\\r\\naccept-encoding: ' + encoding + '\\r\\n\\r\\n'
  let answers = 0
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect(port, '127.0.0.1')
    let missing = 0
    let head = ''
    socket.on('data', bytes => {
      if (missing === 0) {
        head += bytes.toString('latin1')
        const end = head.indexOf('\\r\\n\\r\\n')
        if (end < 0) return
        if (!head.startsWith('HTTP/1.1 200')) throw new Error(head.slice(0, 200))
        missing = Number(/content-length: (\\d+)/i.exec(head)[1]) - (head.length - end - 4)
        head = ''
      } else missing -= bytes.length
      if (missing > 0) return
      answers++
      socket.write(request)
    })
    socket.on('connect', () => socket.write(request))
    return socket
  })
  setTimeout(() => {
    answers = 0
    const from = performance.now()
    setTimeout(() => {
      parentPort.postMessage(answers / ((performance.now() - from) / 1000))
      for (const socket of sockets) socket.destroy()
    }, seconds * 1000)
  }, 300)
`
