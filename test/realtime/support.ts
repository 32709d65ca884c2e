import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import * as decoding from 'lib0/decoding'
import { onTestFinished } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { toText } from '../../shared/document/text.ts'
import type { RescuedPassage } from '../../shared/drafts/contract.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { paragraphs } from '../support/documents.ts'
import { deleteWords, shownIn, typeBehind } from '../support/drafts.ts'
import { as, type Member } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

export { typeBehind } from '../support/drafts.ts'

export interface LiveWiki extends FreshWiki {
  /** `ws://127.0.0.1:<port>/sync` */
  sync: string
  origin: string
  /** A page with these paragraphs in its draft. Promises its id. */
  page(...texts: string[]): Promise<string>
  /** What the log says of a page: nobody's memory. */
  logged(pageId: string): Promise<string>
}

let pages = 0

export async function liveWiki(...settings: Parameters<typeof freshWiki>): Promise<LiveWiki> {
  const wiki = await freshWiki(...settings)
  await wiki.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = wiki.http.server.address() as AddressInfo
  return {
    ...wiki,
    sync: `ws://127.0.0.1:${port}/sync`,
    origin: `http://127.0.0.1:${port}`,
    async page(...texts) {
      const document = paragraphs(...texts)
      const made = await wiki.db.write(tx =>
        wiki.pages.create(tx, {
          title: `Page ${++pages}`,
          by: null,
          document,
          language: 'en',
          licence: 'CC-BY-SA-4.0',
        }),
      )
      return made.id
    },
    logged: async pageId => toText((await wiki.drafts.load(wiki.db.read, pageId)).document()).trim(),
  }
}

export const headersOf = (wiki: LiveWiki, member: Pick<Member, 'cookie'> | null): Record<string, string> =>
  member ? { cookie: member.cookie, origin: wiki.origin } : { origin: wiki.origin }

/** Sockets that send these headers, for the standard provider: browsers send cookie and Origin by themselves. */
export function socketsWith(headers: Record<string, string>, onMade = (_socket: NodeSocket) => {}): typeof WebSocket {
  class Socket extends NodeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers })
      onMade(this)
    }
  }
  return Socket as unknown as typeof WebSocket
}

/** The passages that are kept for somebody because they lost their place. */
export const rescuedFor = async (member: Member, page: string) =>
  (await member.get(`/api/v1/pages/${page}/rescued`)).json<{ passages: RescuedPassage[] }>().passages

export interface Editor {
  ydoc: Y.Doc
  provider: WebsocketProvider
  /** What this editor shows, a line for each block. */
  shows(): string
  /** Types behind some words. */
  types(behind: string, words: string): void
  /** Deletes some words. */
  deletes(words: string): void
  /** Presses Enter before some words, as y-prosemirror does: they are written again in a line of their own. */
  splits(before: string): void
  /** Resolves once everything typed so far is on the server's disk. */
  saved(): Promise<void>
  closed: Promise<number>
}

/** Opens a page with the standard provider, as it comes, and waits until it is in sync (unless told otherwise). */
export async function opens(
  wiki: LiveWiki,
  member: Pick<Member, 'cookie'> | null,
  room: string,
  {
    isAwaited = true,
    ydoc = new Y.Doc(),
    params = {},
  }: { isAwaited?: boolean; ydoc?: Y.Doc; params?: Record<string, string> } = {},
): Promise<Editor> {
  const provider = new WebsocketProvider(wiki.sync, room, ydoc, {
    WebSocketPolyfill: socketsWith(headersOf(wiki, member)),
    disableBc: true,
    connect: false,
    params,
  })
  // The standard provider grumbles about kinds of message that it does not know, and goes on.
  for (const kind of [120, 122, 123]) provider.messageHandlers[kind] = () => {}
  const unanswered = new Map<number, () => void>()
  let token = 0
  provider.messageHandlers[121] = (_encoder, decoder) => {
    const answered = decoding.readVarUint(decoder)
    unanswered.get(answered)?.()
    unanswered.delete(answered)
  }
  // What was asked on a line that is gone is asked again.
  provider.on('sync', isSynced => {
    if (isSynced) for (const asked of unanswered.keys()) provider.ws?.send(frames.barrier(asked))
  })
  onTestFinished(() => provider.destroy())
  // A state at clock 0, which every client begins with, is one that nobody takes in.
  provider.awareness.setLocalState({})
  const closed = new Promise<number>(resolve => provider.on('connection-close', event => resolve(event?.code ?? 0)))
  const synced = new Promise<void>(resolve => provider.on('sync', isSynced => isSynced && resolve()))
  provider.connect()
  if (isAwaited) await synced
  return {
    ydoc,
    provider,
    closed,
    shows: () => shownIn(ydoc),
    types: (behind, words) => typeBehind(ydoc, behind, words),
    deletes: words => deleteWords(ydoc, words),
    splits: before => splitLine(ydoc, before),
    saved: () =>
      new Promise(resolve => {
        unanswered.set(++token, resolve)
        if (provider.synced) provider.ws?.send(frames.barrier(token))
      }),
  }
}

function splitLine(ydoc: Y.Doc, before: string) {
  const fragment = fragmentOf(ydoc)
  for (const [index, line] of fragment.toArray().entries()) {
    const text = line instanceof Y.XmlElement ? line.get(0) : undefined
    const at = text instanceof Y.XmlText ? text.toString().indexOf(before) : -1
    if (!(text instanceof Y.XmlText) || at < 0) continue
    ydoc.transact(() => {
      const [rest, next] = [new Y.XmlText(), new Y.XmlElement('line')]
      rest.insert(0, text.toString().slice(at))
      next.insert(0, [rest])
      text.delete(at, text.length - at)
      fragment.insert(index + 1, [next])
    })
    return
  }
  throw new Error(`nothing says ${before}`)
}

/** Resolves once a claim holds; it is looked at after every update of the document. */
export function until(ydoc: Y.Doc, claim: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!claim()) return
      ydoc.off('update', look)
      resolve()
    }
    ydoc.on('update', look)
    look()
  })
}

/** Two people in sync on a page of these lines. */
export async function adaAndBo(...lines: string[]) {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const page = await wiki.page(...lines)
  return { wiki, ada, bo, page, adas: await opens(wiki, ada, page), bos: await opens(wiki, bo, page) }
}

/** Resolves when the server tells somebody of something that happened to the page. */
export const isTold = ({ provider }: Editor) =>
  new Promise<void>(resolve => {
    provider.messageHandlers[kinds.event] = () => resolve()
  })

/** Holds back what the server says, as a slow line does: what is typed meanwhile is in flight. */
export function holdsBack({ provider }: Editor) {
  const own = provider.messageHandlers[kinds.sync]
  provider.messageHandlers[kinds.sync] = () => {}
  return () => {
    if (own) provider.messageHandlers[kinds.sync] = own
  }
}

/** A bare socket, for what no provider would do. */
export async function dials(wiki: LiveWiki, path: string, headers: Record<string, string>) {
  const socket = new NodeSocket(`${wiki.sync}/${path}`, { headers })
  socket.binaryType = 'nodebuffer'
  const frames: Buffer[] = []
  const waiting: (() => void)[] = []
  socket.on('message', (data: Buffer) => {
    frames.push(data)
    for (const look of waiting.splice(0)) look()
  })
  const farewell = new Promise<{ code: number; reason: string }>(resolve =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  return {
    socket,
    send: (frame: Uint8Array) => socket.send(frame),
    frames,
    closed: farewell.then(({ code }) => code),
    farewell,
    /** The first frame that is what is wanted, waiting for it if need be. */
    async hears(isWanted: (frame: Buffer) => boolean): Promise<Buffer> {
      for (let at = 0; ; at++) {
        while (at >= frames.length) await new Promise<void>(resolve => waiting.push(resolve))
        const frame = frames[at]
        if (frame && isWanted(frame)) return frame
      }
    },
    close: () => socket.close(),
  }
}
