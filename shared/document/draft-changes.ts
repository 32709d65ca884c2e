/**
 * What a draft changes against the head, as a list that a person can pick from: publish this, discard that. Two people's
 * changes are never one, unless neither makes sense without the other.
 */
import { encodeAny, toBase64 } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { type Node } from 'prosemirror-model'
import { carriedTo } from './selecting-carried.ts'
import { type Guest, guestsIn } from './selecting-guests.ts'
import { type ChangeKind, type Hand, type Part, type Parts, type Witness } from './selecting-parts.ts'
import { type Pair, planOf } from './selecting-plan.ts'
import { chosen, type Selected, selected } from './selecting.ts'
import { words } from './words.ts'

export type { Hand, Witness } from './selecting-parts.ts'
export type { Selected } from './selecting.ts'

export interface DraftChange {
  /** Made of what the change says and by whom, so it is another one once that is. */
  id: string
  kind: ChangeKind
  /** The heading above it; empty before the first. */
  section: string
  /** Whose hands it was, whoever began first. Null is nobody's, or nobody knows. */
  people: (string | null)[]
  /** When it was begun, as far as that is known. */
  since: number | null
  words: { added: number; removed: number }
  before: string
  after: string
  /** The new block it stands in, which is another change, unless it has a place without that. */
  within: string | undefined
}

export interface DraftChanges {
  /** In reading order. */
  list: DraftChange[]
  head: Node
  draft: Node
  root: Pair
  /** The change that each part of the plan belongs to. */
  owners: readonly DraftChange[]
  guests: readonly Guest[]
}

/** How the head became the draft; nothing where both say the same. `witness` knows whose hands it was. */
export function draftChanges(head: Node, draft: Node, witness: Witness): DraftChanges {
  const { parts, root, walk } = planOf(head, draft, witness)
  carriedTo(head, draft, walk)
  const groups = new Map<number, number[]>()
  for (const part of parts.all.keys()) {
    const owner = parts.rootOf(part)
    const group = groups.get(owner)
    if (group) group.push(part)
    else groups.set(owner, [part])
  }
  const list: DraftChange[] = []
  const owners: DraftChange[] = []
  const times = new Map<string, number>()
  for (const group of groups.values()) {
    const change = changeOf(parts, group)
    const same = times.get(change.id) ?? 0
    times.set(change.id, same + 1)
    if (same > 0) change.id = idOf([change.id, same])
    list.push(change)
    for (const part of group) owners[part] = change
  }
  const guests = guestsIn(root, walk)
  const hasHome = new Set(guests.map(({ piece }) => piece.part))
  for (const [part, { within }] of parts.all.entries()) {
    if (within === undefined || hasHome.has(part)) continue
    const [change, around] = [owners[part], owners[within]]
    if (change && around && around !== change) change.within = around.id
  }
  return { list, head, draft, root, owners, guests }
}

/**
 * The head with only the changes that are picked: with all of them it is the draft, with none the head itself. No word
 * comes from elsewhere, and none is lost that both have. Blocks that both have come from the draft, unless `keeps` says
 * that they are the head's: somebody may have written one anew, only to move it.
 */
export function select(
  changes: DraftChanges,
  isPicked: (change: DraftChange) => boolean,
  keeps?: 'head' | 'draft',
): Selected {
  const picked = new Map(changes.list.map(change => [change, isPicked(change)]))
  const isChosen = (part: number) => {
    const owner = changes.owners[part]
    return owner !== undefined && picked.get(owner) === true
  }
  return selected(changes.root, chosen(isChosen, changes.guests, keeps))
}

/** Whether nobody but this person made the change. */
export const isOnlyOf = ({ people }: DraftChange, person: string): boolean =>
  people.length === 1 && people[0] === person

/** Those of the changes that this person can publish alone: not what stands in a new block of somebody else. */
export function publishableBy({ list }: DraftChanges, person: string): DraftChange[] {
  const byId = new Map(list.map(change => [change.id, change]))
  const isTheirs = (change: DraftChange | undefined): boolean =>
    change === undefined ||
    (isOnlyOf(change, person) && (change.within === undefined || isTheirs(byId.get(change.within))))
  return list.filter(isTheirs)
}

const nobody: Hand = { person: null, at: null }

/** Where only what changed matters, and not whose hands it was. */
export const unwitnessed: Witness = {
  wrote: () => nobody,
  took: () => nobody,
  set: () => nobody,
  marked: () => nobody,
  isOld: () => false,
  atomNow: () => undefined,
  copyNow: () => undefined,
  stoodBefore: () => undefined,
  somebody: nobody,
}

function changeOf(parts: Parts, group: readonly number[]): DraftChange {
  const members = group.flatMap(part => parts.all[part] ?? [])
  const hands = allHands(members)
  const kinds = new Set(members.map(({ kind }) => kind))
  const [only] = kinds
  const kind = kinds.size === 1 && only !== undefined ? only : 'words'
  const gap = kind === 'inserted' || kind === 'removed' ? '\n' : ' … '
  const told = (side: 'before' | 'after') =>
    members.reduce((said, { [side]: next, between }) => {
      if (said === '' || next === '') return said + next
      return said + (side === 'after' ? (between ?? gap) : gap) + next
    }, '')
  const [before, after] = [told('before'), told('after')]
  const section = members[0]?.section ?? ''
  const people = hands.map(({ person }) => person)
  const times = hands.flatMap(({ at }) => at ?? [])
  const since = times.length > 0 ? Math.min(...times) : null
  const id = idOf([kind, section, people.map(person => person ?? '').toSorted(), before, after])
  return { id, kind, section, people, since, words: counted(before, after), before, after, within: undefined }
}

function allHands(members: readonly Part[]): Hand[] {
  const hands = new Map<string | null, Hand>()
  for (const { person, at } of members.flatMap(part => part.hands)) {
    const known = hands.get(person)
    if (!known) hands.set(person, { person, at })
    else if (at !== null && (known.at === null || at < known.at)) known.at = at
  }
  return [...hands.values()].toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
}

/** How many words came and went, those in both counted as neither. */
function counted(before: string, after: string) {
  const counts = new Map<string, number>()
  const count = (text: string, by: number) => {
    for (const word of words(text)) if (/[\p{L}\p{N}]/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + by)
  }
  count(after, 1)
  count(before, -1)
  const sums = { added: 0, removed: 0 }
  for (const times of counts.values())
    if (times > 0) sums.added += times
    else sums.removed -= times
  return sums
}

const idOf = (told: unknown) =>
  toBase64(digest(encodeAny(told)).slice(0, 12))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
