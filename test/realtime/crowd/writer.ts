import { connect, type Socket } from 'node:net'
import * as Y from 'yjs'
import { readRoom, roomOf } from '../../../shared/realtime/room.ts'
import { LiveClient } from '../../support/live-client.ts'
import type { Member } from '../../support/people.ts'
import { headersOf, type LiveWiki } from '../support.ts'
import { byHand } from './by-hand.ts'
import type { Desk, Handwork } from './desk.ts'
import { inEditor } from './in-editor.ts'
import type { Words } from './words.ts'

/** An honest person with a device: what they type goes to the server whenever there is a line. */
export class Writer {
  readonly member: Member
  desk: Desk
  client: LiveClient
  room: string
  /** What their device has stored, in order. */
  kept: Uint8Array[] = []
  isAway = false
  isMoving = false
  readonly #wiki: LiveWiki
  readonly #words: Words
  readonly #isEditor: boolean
  #line: Socket | undefined

  constructor(
    wiki: LiveWiki,
    { member, words, room, isEditor }: { member: Member; words: Words; room: string; isEditor: boolean },
  ) {
    this.member = member
    this.room = room
    this.#wiki = wiki
    this.#words = words
    this.#isEditor = isEditor
    this.desk = this.#deskOf([])
    this.client = this.#clientOf()
  }

  /** Opens the page on this device, which has nothing of it. */
  async open() {
    const { client } = this
    client.connect()
    await client.until(() => client.isSynced || client.ended !== undefined)
    if (client.ended === undefined) this.#sitDown()
  }

  /** A client id of theirs that others can know; before the first greeting nobody can. */
  get shownId(): number | undefined {
    return 'epoch' in this.client.hello ? this.desk.ydoc.clientID : undefined
  }

  perform(deed: Handwork) {
    if (this.isMoving) return
    const { id } = this.member.person
    this.#words.during(this.desk.ydoc, id, () => this.desk.perform(deed, () => this.#words.made(id)))
  }

  leave() {
    this.isAway = true
    this.client.disconnect()
  }

  comeBack() {
    this.isAway = false
    this.client.connect()
  }

  /** The next frame reaches the server by half, and then the line ends. */
  breakOff() {
    const line = this.#line
    if (!line || line.destroyed) return
    const whole = line.write.bind(line)
    line.write = (bytes: Uint8Array | string) => {
      const isSent = whole(bytes.slice(0, Math.ceil(bytes.length / 2)))
      line.destroy()
      return isSent
    }
  }

  /** The tab is closed, and opened again from what the device has stored. */
  reload() {
    if (this.isMoving) return
    this.#rise()
    this.desk = this.#deskOf(this.kept)
    this.client = this.#clientOf()
    if (!this.isAway) this.client.connect()
  }

  /** Resolves once everything is on the server's disk, in whatever room the draft is by now. */
  async saved() {
    this.comeBack()
    for (;;) {
      const { client } = this
      const ended = client.until(() => client.ended !== undefined)
      await Promise.race([client.saved(), ended])
      if (client.ended === undefined && client === this.client && !(await this.#isInOldRoom())) return
      // Whoever is heard in an old room is sent on when all is said.
      await ended
      if (client.ended !== 4409) throw new Error(`an honest person was sent away with ${client.ended}`)
      await this.#moved
    }
  }

  close() {
    this.#rise()
  }

  #moved: Promise<void> = Promise.resolve()

  /** The draft has begun another epoch: what the old one has not got is told there first. */
  async #moveOn(epoch: number) {
    this.isMoving = true
    const old = this.client
    if (!old.isDelivered) {
      const again = this.#clientOf()
      old.destroy()
      again.connect()
      this.client = again
      return
    }
    this.#rise()
    this.room = roomOf(readRoom(this.room)?.pageId ?? '', epoch)
    this.kept = []
    this.desk = this.#deskOf([])
    this.client = this.#clientOf()
    this.isMoving = false
    await this.open()
  }

  async #isInOldRoom() {
    const { pageId = '', epoch = 0 } = readRoom(this.room) ?? {}
    const page = await this.#wiki.drafts.standing(this.#wiki.db.read, pageId)
    return page?.epoch !== epoch
  }

  #rise() {
    this.client.destroy()
    this.desk.close()
    this.desk.ydoc.off('update', this.#keep)
  }

  #keep = (update: Uint8Array) => void this.kept.push(update)

  /** The editor is made from what the draft says, so it cannot be there before. */
  #sitDown() {
    const { client } = this
    this.desk.close()
    this.desk.ydoc.off('update', this.#keep)
    const state = Y.encodeStateAsUpdate(this.desk.ydoc)
    this.desk = this.#deskOf([state])
    this.kept = [state]
    client.destroy()
    this.client = this.#clientOf()
    if (!this.isAway) this.client.connect()
  }

  #deskOf(kept: readonly Uint8Array[]): Desk {
    if (this.#isEditor && kept.length > 0) return this.#watched(inEditor(Y.mergeUpdates([...kept])))
    const ydoc = new Y.Doc()
    for (const update of kept) Y.applyUpdate(ydoc, update, 'device')
    return this.#watched(byHand(ydoc))
  }

  #watched(desk: Desk): Desk {
    desk.ydoc.on('update', this.#keep)
    return desk
  }

  #clientOf(): LiveClient {
    const client = new LiveClient({
      server: this.#wiki.sync,
      room: this.room,
      headers: headersOf(this.#wiki, this.member),
      ydoc: this.desk.ydoc,
      backoff: { first: 5, most: 50 },
      pause: 0,
      dial: () => (this.#line = connect(Number(new URL(this.#wiki.sync).port), '127.0.0.1')),
    })
    client.on(lived => {
      if (lived.kind === 'event' && lived.body['kind'] === 'changed' && lived.body['change'] !== 'transplant')
        this.desk.forgetUndo()
      if (lived.kind === 'closed' && lived.code === 4409 && client === this.client)
        this.#moved = this.#moveOn(Number(lived.reason))
    })
    return client
  }
}
