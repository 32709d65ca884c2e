import { align, type Match } from '../../shared/document/align.ts'
import { recognised } from '../../shared/document/authorship.ts'
import type { Shown } from '../../shared/document/shown.ts'
import { sharedEnds } from '../../shared/document/words.ts'
import { type Piece, pieceOf, piecesOf, sizeOf, textOf, type Token } from './hearing-pieces.ts'

/** Beyond so many comparisons only whole lines are looked for elsewhere. */
const affordable = 2_000

/**
 * Which of the units that are gone stand elsewhere anew, as after Enter, a join or a wrap: Yjs cannot move, and writes
 * again what goes elsewhere. What stays is known by its id, so that only what went and what came are ever compared.
 */
export function movedAway(was: readonly Shown[], is: readonly Shown[]): Shown[] {
  const [before, after] = [new Set(was.map(nameOf)), new Set(is.map(nameOf))]
  const gone = piecesOf(was, unit => after.has(nameOf(unit)))
  const come = piecesOf(is, unit => before.has(nameOf(unit)))
  const found = new Set<Token>()
  const take = (tokens: readonly Token[]) => tokens.forEach(token => found.add(token))
  for (const [gap, pieces] of gone) take(inOnePlace(pieces, come.get(gap) ?? []))
  const left = (places: Iterable<Piece[]>) => [...places].map(pieces => pieces.flatMap(one => piecesLeft(one, found)))
  take(movedLines(left(gone.values()).flat(), left(come.values()).flat()))
  take(elsewhere(left(gone.values()), left(come.values())))

  const moved = new Set([...found].flatMap(({ units }) => units))
  const isMoved = (unit: Shown | undefined) => unit !== undefined && moved.has(unit)
  // A space goes with the words that it stood beside.
  const goesAlong = (unit: Shown, at: number) =>
    unit.text.trim() === '' && !after.has(nameOf(unit)) && (isMoved(was[at - 1]) || isMoved(was[at + 1]))
  return was.filter((unit, at) => isMoved(unit) || goesAlong(unit, at))
}

const nameOf = ({ id }: Shown) => `${id.client}:${id.clock}`

/** Of what went and came at one place of the text the words that are the same ones; whole pieces before parts of them. */
function inOnePlace(gone: readonly Piece[], come: readonly Piece[]): Token[] {
  if (gone.length === 0 || come.length === 0) return []
  const found: Token[] = []
  let [i, j] = [0, 0]
  const whole = align(gone.map(said), come.map(said), at => gone[at]?.size ?? 0)
  for (const [toI, toJ] of [...whole, [gone.length, come.length] as const]) {
    found.push(...wordForWord(gone.slice(i, toI), come.slice(j, toJ)))
    for (const piece of [gone[toI], come[toJ]]) found.push(...(piece?.tokens ?? []))
    i = toI + 1
    j = toJ + 1
  }
  return found
}

function wordForWord(gone: readonly Piece[], come: readonly Piece[]): Token[] {
  const [left, right] = [gone.flatMap(({ tokens }) => tokens), come.flatMap(({ tokens }) => tokens)]
  const matches = matchesOf(left, right)
  const matched = new Set(matches.flatMap(([i, j]) => [left[i], right[j]]))
  const sure = new Set<Token | undefined>()
  for (const { tokens, size } of [...gone, ...come])
    if (2 * sizeOf(tokens.filter(token => matched.has(token))) >= Math.max(1, size))
      for (const token of tokens) sure.add(token)
  const sizeOfRun = (run: readonly Match[]) => sizeOf(run.flatMap(([i]) => left[i] ?? []))
  // A space by itself could be any space.
  const runs = runsOf(matches).filter(run => sizeOfRun(run) > 0)
  const isSure = ([i, j]: Match) => sure.has(left[i]) || sure.has(right[j])
  return rewritten(
    runs.flatMap(run => (sizeOfRun(run) >= recognised ? run : run.filter(isSure))),
    left,
    right,
  )
}

/** Lines that stand somewhere else as they were. */
function movedLines(gone: readonly Piece[], come: readonly Piece[]): Token[] {
  const lines = new Map<string, Piece[]>()
  for (const piece of come) if (piece.isLine) lines.set(said(piece), [...(lines.get(said(piece)) ?? []), piece])
  return gone.flatMap(piece => {
    const line = lines.get(said(piece))?.shift()
    return line ? inOnePlace([piece], [line]) : []
  })
}

/** Other words that stand at another place, too many to be there by chance; the most at once first. */
function elsewhere(gone: readonly Piece[][], come: readonly Piece[][]): Token[] {
  const found = new Set<Token>()
  const large = (pieces: readonly Piece[]) => pieces.reduce((sum, { size }) => sum + size, 0) >= recognised
  const [left, right] = [gone.filter(large), come.filter(large)]
  if (left.length * right.length > affordable) return []
  const likely = left.flatMap(from => right.map(to => inOnePlace(from, to)))
  for (const tokens of likely.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const fresh = tokens.filter(token => !found.has(token))
    if (sizeOf(fresh) >= 2 * recognised) for (const token of fresh) found.add(token)
  }
  return [...found]
}

const said = ({ tokens }: Piece) => textOf(tokens).trim()

function matchesOf(left: readonly Token[], right: readonly Token[]): Match[] {
  if (left.length === 0 || right.length === 0) return []
  const keys = (tokens: readonly Token[]) => tokens.map(({ text }) => text)
  return align(keys(left), keys(right), at => 1 + 2 * (left[at]?.size ?? 0))
}

/** Matches that follow each other on both sides. */
function runsOf(matches: readonly Match[]): Match[][] {
  const runs: Match[][] = []
  for (const match of matches) {
    const last = runs.at(-1)?.at(-1)
    if (last && last[0] + 1 === match[0] && last[1] + 1 === match[1]) runs.at(-1)?.push(match)
    else runs.push([match])
  }
  return runs
}

/** The words of the matches, and those between them that somebody has only retouched. */
function rewritten(matches: readonly Match[], left: readonly Token[], right: readonly Token[]): Token[] {
  if (matches.length === 0) return []
  const found: Token[] = []
  let [i, j] = [0, 0]
  for (const [toI, toJ] of [...matches, [left.length, right.length] as const]) {
    const [was, is] = [left.slice(i, toI), right.slice(j, toJ)]
    const [start, end] = sharedEnds(textOf(was), textOf(is))
    if (was.length > 0 && 2 * (start + end) >= textOf(was).length) found.push(...was, ...is)
    found.push(...left.slice(toI, toI + 1), ...right.slice(toJ, toJ + 1))
    i = toI + 1
    j = toJ + 1
  }
  return found
}

/** What nothing was found for yet, as pieces of its own. */
function piecesLeft(piece: Piece, found: ReadonlySet<Token>): Piece[] {
  const stretches: Token[][] = [[]]
  for (const token of piece.tokens) {
    if (found.has(token)) stretches.push([])
    else stretches.at(-1)?.push(token)
  }
  return stretches.flatMap(tokens => {
    const rest = pieceOf(tokens, piece.isLine && tokens.length === piece.tokens.length)
    return rest.size > 0 ? [rest] : []
  })
}
