import { align } from '../../shared/document/align.ts'
import { recognised } from '../../shared/document/authorship.ts'
import type { Unit, unitsParted } from '../../shared/document/parted.ts'
import { type Piece, pieceOf, piecesOf, sizeOf, textOf, type Token } from './hearing-pieces.ts'
import { retouched, runsIn } from './hearing-runs.ts'

/** Beyond so many comparisons only whole lines are looked for elsewhere. */
const affordable = 2_000

/**
 * Which of the units that are gone stand elsewhere anew, as after Enter, a join or a wrap: Yjs cannot move, and writes
 * again what goes elsewhere. What stays is known by its id, so that only what went and what came are ever compared.
 */
export function movedAway({ gone, come, lines }: ReturnType<typeof unitsParted>): Unit[] {
  const [left, right] = [piecesOf(gone, lines), piecesOf(come, lines)]
  const found = new Set<Token>()
  const take = (tokens: readonly Token[]) => tokens.forEach(token => found.add(token))
  for (const [place, pieces] of left) take(inOnePlace(pieces, right.get(place) ?? []))
  const rest = (places: Iterable<Piece[]>) => [...places].map(pieces => pieces.flatMap(one => piecesLeft(one, found)))
  take(movedLines(rest(left.values()).flat(), rest(right.values()).flat()))
  take(elsewhere(rest(left.values()), rest(right.values())))

  const moved = new Set([...found].flatMap(({ units }) => units))
  const isBeside = (unit: Unit, other: Unit | undefined) => other?.place === unit.place && moved.has(other)
  // A space goes with the words that it stood beside.
  return gone.filter(
    (unit, at) =>
      moved.has(unit) || (unit.text.trim() === '' && (isBeside(unit, gone[at - 1]) || isBeside(unit, gone[at + 1]))),
  )
}

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
  const runs = runsIn(left, right)
  const same = new Set(runs.flatMap(({ was, is }) => [...was, ...is]))
  const isMostlyThere = ({ tokens, size }: Piece) => 2 * sizeOf(tokens.filter(token => same.has(token))) >= size
  const sure = new Set([...gone, ...come].filter(isMostlyThere).flatMap(({ tokens }) => tokens))
  const meant = runs.filter(({ was, is, size }) => size >= recognised || [...was, ...is].some(token => sure.has(token)))
  return [...meant.flatMap(({ was, is }) => [...was, ...is]), ...retouched(meant, left, right)]
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
