import { type Credit, type Credited, cut, spread } from './credits.ts'
import { firstFrom, partOf, type Row, rowOf } from './unit-rows.ts'
import { unitsIn } from './units.ts'
import { unparted } from './words.ts'

/** Words shorter than this repeat by chance; longer ones that moved or came back belong to whoever wrote them first. */
export const recognised = 12

/** Words that stand in a text no longer, and whose they were. */
export interface Lost extends Row {
  /** One for each unit of the text. */
  credits: readonly Credit[]
}

/** What a document had and the next, which kept so much of it, has no longer: piece by piece, those worth recognising. */
export function piecesOf({ document, credits }: Credited, kept: Int32Array): Lost[] {
  const gone = new Uint8Array(unitsIn(document)).fill(1)
  for (const unit of kept) if (unit >= 0) gone[unit] = 0
  if (gone.indexOf(1) < 0) return []
  const row = rowOf(document)
  const pieces: Lost[] = []
  for (let from = gone.indexOf(1); from >= 0;) {
    const end = gone.indexOf(0, from)
    const to = end < 0 ? gone.length : end
    if (to - from >= recognised)
      pieces.push({ ...partOf(row, from, to), credits: spread(cut(credits, from, to - from)) })
    from = gone.indexOf(1, to)
  }
  return pieces
}

/** Finds long runs of new words among what was lost, and credits them as they were credited there. */
export function recognise(next: Row, found: (Credit | undefined)[], lost: readonly Lost[]) {
  if (lost.length === 0) return
  const gaps = gapsOf(found)
  const { text } = next
  if (gaps.length === 0) return
  // The first place of each beginning: what was lost last comes first.
  const places = new Map<string, { piece: Lost; at: number } | undefined>()
  for (const { from, to } of gaps)
    for (const at of wordStarts(next, from, to)) places.set(text.slice(at, at + recognised), undefined)
  for (const piece of lost)
    for (const at of wordStarts(piece, 0, piece.text.length)) {
      const key = piece.text.slice(at, at + recognised)
      if (places.has(key) && !places.get(key)) places.set(key, { piece, at })
    }
  for (const { from, to } of gaps) {
    let done = from
    for (const start of wordStarts(next, from, to)) {
      if (start < done || start + recognised > to) continue
      const place = places.get(text.slice(start, start + recognised))
      if (!place) continue
      for (done = start; done < to; done++) {
        const at = place.at + done - start
        if (place.piece.text[at] !== text[done]) break
        found[done] = place.piece.credits[at]
      }
    }
  }
}

/** Stretches of new words that are long enough. */
function gapsOf(found: readonly (Credit | undefined)[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = []
  for (let from = 0; from < found.length; from++) {
    if (found[from]) continue
    let to = from
    while (to < found.length && !found[to]) to++
    if (to - from >= recognised) gaps.push({ from, to })
    from = to
  }
  return gaps
}

function* wordStarts({ text, begins }: Row, from: number, to: number) {
  let next = firstFrom(begins, from)
  // Scripts without spaces have no word starts to speak of; there every sign may be one.
  for (let at = from; at < to; at++) {
    const here = text[at] ?? ''
    while ((begins[next] ?? to) < at) next++
    // The words of two items of a list have nothing between them.
    const isFirst = at === from || begins[next] === at
    if (isFirst || unparted.test(here) || (letter.test(here) && !letter.test(text[at - 1] ?? ''))) yield at
  }
}

const letter = /[\p{L}\p{N}\p{M}]/u
