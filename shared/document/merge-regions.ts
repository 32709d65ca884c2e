/** What two sides made of the same stretch of a row of words: whether it takes a choice, and what is said either way. */
import type { Hunk, Region, Stretch } from './diff3.ts'
import { type Piece, sameStart } from './pieces.ts'

export type Rows = { base: Piece[]; ours: Piece[]; theirs: Piece[] }

export const within = (row: readonly Piece[], [from, to]: Stretch) => row.slice(from, to)

export const sameKeys = (a: readonly Piece[], b: readonly Piece[]) =>
  a.length === b.length && a.every((piece, at) => piece.key === b[at]?.key)

/**
 * Whether it takes a choice. Changes that only meet where one block ends and the next begins have nothing to do with each
 * other, and a rule or an empty block that comes or goes beside a change, or around it, is nobody's words.
 */
export function isTold({ ourHunks, theirHunks }: Region, rows: Rows): boolean {
  if (!speaks(rows.ours, ourHunks, rows) || !speaks(rows.theirs, theirHunks, rows)) return false
  const pairs = ourHunks.flatMap(mine => theirHunks.map(other => [mine, other] as const))
  return pairs.some(([mine, other]) => overlap(mine, other) || (touch(mine, other) && !areApart(mine, other, rows)))
}

const speaks = (row: readonly Piece[], hunks: readonly Hunk[], { base }: Rows) =>
  hunks.some(({ from, to, at, end }) => [...base.slice(from, to), ...row.slice(at, end)].some(saysSomething))

const saysSomething = ({ nodes, block }: Piece) =>
  nodes.length > 0 ||
  (block !== undefined && block.type.name !== 'rule' && (!block.inlineContent || block.type.name === 'figure'))

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
export function gathered(found: readonly Region[], rows: Rows): Region[] {
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

/** Words of one side, beginning blocks as the other has them by now where these words begin the same ones. */
export function begunAs(words: readonly Piece[], base: readonly Piece[], other: readonly Piece[]): Piece[] {
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
export function taken(region: Region, rows: Rows): Piece[] {
  const { ourHunks, theirHunks } = region
  const isOver = ourHunks.some(mine => theirHunks.some(other => overlap(mine, other)))
  return isOver ? within(rows.theirs, region.theirs) : both(region, rows)
}

/** The base without what either took away, with what either put in; ours first where both did. */
export function both({ base: [from, to], ourHunks, theirHunks }: Region, rows: Rows): Piece[] {
  const hunks = [
    ...ourHunks.map(hunk => ({ ...hunk, row: rows.ours })),
    ...theirHunks.map(hunk => ({ ...hunk, row: rows.theirs })),
  ].sort((a, b) => a.from - b.from || a.to - b.to)
  const pieces: Piece[][] = []
  let at = from
  for (const hunk of hunks) {
    pieces.push(rows.base.slice(at, hunk.from), hunk.row.slice(hunk.at, hunk.end))
    at = Math.max(at, hunk.to)
  }
  return [...pieces, rows.base.slice(at, to)].flat()
}

function overlap(a: Hunk, b: Hunk): boolean {
  if (a.from === a.to) return b.from < a.from && a.from < b.to
  if (b.from === b.to) return a.from < b.from && b.from < a.to
  return Math.max(a.from, b.from) < Math.min(a.to, b.to)
}
