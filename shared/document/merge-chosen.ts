import type { Node } from 'prosemirror-model'
import { type Hunk, type Region, regions, type Stretch } from './diff3.ts'
import { fingerprint } from './fingerprint.ts'
import { mergePiece } from './merge-piece.ts'
import { steps } from './pairing.ts'
import { assembled, type Piece, piecesOf, sameStart, wholeKey } from './pieces.ts'

export type Choice = 'ours' | 'theirs'

/** One place where both sides changed the same words, or words that touch: one of the two can be chosen. */
export type Clash = {
  /** Made of its place in the base and of what the sides say there, so that it names nothing else. */
  id: string
  /** The heading that it stands under in ours; nothing before the first. */
  section: string
  /** The words around it, in ours, as far as its block goes. */
  around: { before: string; after: string }
  base: Node | undefined
  ours: Node | undefined
  theirs: Node | undefined
  /** What theirs would make of it: their words, beside those of ours that only touch them. */
  taken: Node | undefined
  choice: Choice | undefined
}

/**
 * The document in which both have their way, word by word over the whole text as diff3 does it: wherever the plain texts
 * merge without a conflict, this says the same; wherever not, there is a clash, and nothing is decided but by a choice.
 * Clashes without one stay as ours has them. Formatting, and what kind of block the words stand in, merge beside them.
 */
export function mergeChosen(
  base: Node,
  ours: Node,
  theirs: Node,
  choices: ReadonlyMap<string, Choice> = new Map(),
): { document: Node; clashes: Clash[] } {
  const known = inAll(base, ours, theirs)
  const rows = {
    base: piecesOf(base, wholeKey, known),
    ours: piecesOf(ours, namesFor(base, ours), known),
    theirs: piecesOf(theirs, namesFor(base, theirs), known),
  }
  const keys = (row: readonly Piece[]) => row.map(piece => piece.key)
  const found = gathered(regions(keys(rows.base), keys(rows.ours), keys(rows.theirs)), rows)
  const clashes: Clash[] = []
  const pieces: Piece[] = []
  let [at, our, their] = [0, 0, 0]
  for (const region of [...found, undefined]) {
    for (const to = region?.base[0] ?? rows.base.length; at < to; at++, our++, their++) {
      const [was, mine, other] = [rows.base[at], rows.ours[our], rows.theirs[their]]
      if (!was || !mine || !other) break
      const merged = mergePiece(was, mine, other)
      if (merged.clash) pieces.push(...settle([was], [mine], [other], [merged.theirs], [at, at + 1], our))
      else pieces.push(merged.piece)
    }
    if (!region) break
    const [was, mine, other] = [
      within(rows.base, region.base),
      within(rows.ours, region.ours),
      within(rows.theirs, region.theirs),
    ]
    if (region.theirHunks.length === 0) pieces.push(...begunAs(mine, was, other))
    else if (region.ourHunks.length === 0) pieces.push(...begunAs(other, was, mine))
    else if (sameKeys(mine, other)) pieces.push(...mine)
    else if (!isTold(region, rows)) pieces.push(...taken(region, rows))
    else pieces.push(...settle(was, mine, other, taken(region, rows), region.base, region.ours[0]))
    at = region.base[1]
    our = region.ours[1]
    their = region.theirs[1]
  }
  return { document: assembled(pieces), clashes }

  function settle(was: Piece[], mine: Piece[], other: Piece[], whole: Piece[], place: Stretch, ourAt: number): Piece[] {
    const id = idOf([place, mine, other])
    const choice = choices.get(id)
    clashes.push({
      id,
      choice,
      section: sectionAt(rows.ours, ourAt),
      around: around(rows.ours, [ourAt, ourAt + mine.length]),
      base: shown(was),
      ours: shown(mine),
      theirs: shown(other),
      taken: shown(whole),
    })
    return choice === 'theirs' ? whole : mine
  }
}

type Rows = { base: Piece[]; ours: Piece[]; theirs: Piece[] }

const within = (row: readonly Piece[], [from, to]: Stretch) => row.slice(from, to)

const sameKeys = (a: readonly Piece[], b: readonly Piece[]) =>
  a.length === b.length && a.every((piece, at) => piece.key === b[at]?.key)

/**
 * Whether it takes a choice. Changes that only meet where one block ends and the next begins have nothing to do with each
 * other, and an empty block that comes or goes beside a change is nobody's words.
 */
function isTold(region: Region, rows: Rows): boolean {
  const { ourHunks, theirHunks } = region
  const pairs = ourHunks.flatMap(mine => theirHunks.map(other => [mine, other] as const))
  if (pairs.some(([mine, other]) => overlap(mine, other))) return true
  const speaks = (row: readonly Piece[], hunks: readonly Hunk[]) =>
    hunks.some(({ from, to, at, end }) =>
      [...rows.base.slice(from, to), ...row.slice(at, end)].some(
        ({ nodes, block }) => nodes.length > 0 || (block && block.textContent !== ''),
      ),
    )
  if (!speaks(rows.ours, ourHunks) || !speaks(rows.theirs, theirHunks)) return false
  return pairs.some(([mine, other]) => touch(mine, other) && !areApart(mine, other, rows))
}

const touch = (a: Hunk, b: Hunk) => Math.max(a.from, b.from) <= Math.min(a.to, b.to)

/** Both begin and end with a block where they meet; what both put at one place may be meant for the same. */
function areApart(mine: Hunk, other: Hunk, { base, ours, theirs }: Rows): boolean {
  const areBothNew = mine.from === mine.to && other.from === other.to
  const begins = (row: readonly Piece[], { at, end }: Hunk) => at === end || row[at]?.block !== undefined
  const meetsAt = Math.max(mine.from, other.from)
  const isEdge = meetsAt === base.length || base[meetsAt]?.block !== undefined
  const later = [
    ...(mine.from === meetsAt ? [begins(ours, mine)] : []),
    ...(other.from === meetsAt ? [begins(theirs, other)] : []),
  ]
  return !areBothNew && isEdge && later.every(Boolean)
}

const isClash = ({ ours, theirs, ourHunks, theirHunks }: Region, rows: Rows) =>
  ourHunks.length > 0 && theirHunks.length > 0 && !sameKeys(within(rows.ours, ours), within(rows.theirs, theirs))

/** Clashes with a word or two between them are one: nobody chooses for a sentence word by word. */
function gathered(found: readonly Region[], rows: Rows): Region[] {
  const few = 3
  const gathering: Region[] = []
  for (const region of found) {
    const last = gathering.at(-1)
    const between = last ? within(rows.base, [last.base[1], Math.min(region.base[0] + 1, rows.base.length)]) : []
    const isNear = between.length <= few + 1 && between.every(piece => !piece.block)
    if (last && isNear && isClash(last, rows) && isClash(region, rows)) {
      const span = (side: 'base' | 'ours' | 'theirs'): Stretch => [last[side][0], region[side][1]]
      gathering[gathering.length - 1] = {
        base: span('base'),
        ours: span('ours'),
        theirs: span('theirs'),
        ourHunks: [...last.ourHunks, ...region.ourHunks],
        theirHunks: [...last.theirHunks, ...region.theirHunks],
      }
    } else gathering.push(region)
  }
  return gathering
}

/** Blocks that all have: most of a long page, which need not be laid out word by word. */
function inAll(first: Node, ...others: Node[]): Set<string> {
  const prints = (document: Node) => new Set(document.children.map(fingerprint))
  const sets = others.map(prints)
  return new Set([...prints(first)].filter(print => sets.every(set => set.has(print))))
}

/** Tables and other blocks with blocks inside keep their name while they change; the base's is theirs. */
function namesFor(base: Node, side: Node): (block: Node) => string {
  const known = new Set(base.children.filter(block => !block.inlineContent).map(fingerprint))
  const names = new Map<Node, string>()
  if (side.children.some(block => !block.inlineContent && !known.has(fingerprint(block))))
    for (const step of steps(base, side))
      if (step.kind === 'change' || step.kind === 'arrive') names.set(side.child(step.b), wholeKey(base.child(step.a)))
  return block => names.get(block) ?? wholeKey(block)
}

/** Words of one side, beginning blocks as the other has them by now where these words begin the same ones. */
function begunAs(words: readonly Piece[], base: readonly Piece[], other: readonly Piece[]): Piece[] {
  const made = [...words]
  for (const [at, was] of base.entries()) {
    const now = other[at]
    if (!was.block || !now || sameStart(was, now)) continue
    const place = made.findIndex(piece => piece.block?.inlineContent && sameStart(piece, was))
    const found = made[place]
    if (found && now.block?.inlineContent) made[place] = { ...found, block: now.block }
  }
  return made
}

/** The base with what theirs changed and, where it only touches that, what ours changed too. */
function taken({ base: [from, to], theirs, ourHunks, theirHunks }: Region, rows: Rows): Piece[] {
  if (ourHunks.some(mine => theirHunks.some(other => overlap(mine, other)))) return within(rows.theirs, theirs)
  const hunks = [
    ...ourHunks.map(hunk => ({ ...hunk, row: rows.ours })),
    ...theirHunks.map(hunk => ({ ...hunk, row: rows.theirs })),
  ].sort((a, b) => a.from - b.from || a.to - b.to)
  const pieces: Piece[] = []
  let at = from
  for (const hunk of hunks) {
    pieces.push(...rows.base.slice(at, hunk.from), ...hunk.row.slice(hunk.at, hunk.end))
    at = hunk.to
  }
  return [...pieces, ...rows.base.slice(at, to)]
}

function overlap(a: Hunk, b: Hunk): boolean {
  if (a.from === a.to) return b.from < a.from && a.from < b.to
  if (b.from === b.to) return a.from < b.from && b.from < a.to
  return Math.max(a.from, b.from) < Math.min(a.to, b.to)
}

function shown(pieces: readonly Piece[]): Node | undefined {
  const [first, ...others] = pieces
  return first && assembled([{ ...first, space: [] }, ...others])
}

function sectionAt(row: readonly Piece[], at: number): string {
  for (let start = Math.min(at, row.length - 1); start >= 0; start--) {
    if (row[start]?.block?.attrs['kind'] !== 'heading') continue
    const next = row.findIndex((piece, index) => index > start && piece.block !== undefined)
    return textOf(row.slice(start, next < 0 ? undefined : next))
  }
  return ''
}

function around(row: readonly Piece[], [from, to]: Stretch) {
  const few = 8
  let [first, last] = [from, to]
  while (first > 0 && from - first < few && row[first] && !row[first]?.block) first--
  while (last < row.length && last - to < few && !row[last]?.block) last++
  return { before: textOf(row.slice(first, from)), after: textOf(row.slice(to, last)) }
}

const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map(
      ({ space, nodes, block }, at) =>
        (at > 0 && space.length > 0 ? ' ' : '') +
        (nodes.length > 0 ? nodes : (block?.children ?? [])).map(node => node.textContent).join(''),
    )
    .join('')

/** Two numbers of 32 bits that anything else hardly has (after MurmurHash's last mixing), as text. */
function idOf(said: unknown): string {
  const text = JSON.stringify(said)
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    high = Math.imul(high ^ letter, 2654435761)
    low = Math.imul(low ^ letter, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return [high, low].map(part => (part >>> 0).toString(36).padStart(7, '0')).join('')
}
