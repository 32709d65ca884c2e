import { stems } from './stem.ts'
import type { Term } from './terms.ts'
import { words } from './words.ts'

export interface Passage {
  text: string
  match: boolean
}

/** Characters of an excerpt, about. */
const size = 240
/** Only so much of a long text is looked through for the best passage. */
const reach = 200_000

/** The part of a text where most of what was asked for stands together, with those words marked. */
export function excerpt(text: string, asked: Term[], language: string): Passage[] {
  const hits = hitsIn(text.slice(0, reach), asked, language)
  const start = bestStart(hits)
  const from = start <= 60 ? 0 : wordStart(text, start - 60)
  const to = wordEnd(text, Math.min(text.length, from + size))

  const passages: Passage[] = from > 0 ? [{ text: '…', match: false }] : []
  let at = from
  for (const hit of hits) {
    if (hit.start < at || hit.end > to) continue
    if (hit.start > at) passages.push({ text: text.slice(at, hit.start), match: false })
    passages.push({ text: text.slice(hit.start, hit.end), match: true })
    at = hit.end
  }
  if (at < to) passages.push({ text: text.slice(at, to) + (to < text.length ? '…' : ''), match: false })
  return passages
}

interface Hit {
  start: number
  end: number
  term: number
}

function hitsIn(text: string, asked: Term[], language: string): Hit[] {
  const hits: Hit[] = []
  for (const { start, end, word, pair } of words(text)) {
    const spellings = pair ? [word] : [word, ...stems(word, language)]
    const term = asked.findIndex(
      ({ anyOf, phrase, begins }) =>
        spellings.some(spelling => anyOf.includes(spelling) || phrase.includes(spelling)) ||
        (begins !== undefined && word.startsWith(begins)),
    )
    if (term < 0) continue
    const last = hits.at(-1)
    if (last && last.end > start && last.term === term) last.end = end
    else hits.push({ start, end, term })
  }
  return hits
}

function bestStart(hits: Hit[]): number {
  let best = hits[0]?.start ?? 0
  let most = 0
  for (const [index, hit] of hits.entries()) {
    const near = new Set<number>()
    for (let at = index, next = hits[at]; next && next.end < hit.start + size - 60; next = hits[++at])
      near.add(next.term)
    if (near.size > most) {
      most = near.size
      best = hit.start
    }
  }
  return best
}

const wordStart = (text: string, at: number) => {
  const space = text.slice(at, at + 40).search(/\s/u)
  return space < 0 ? at : at + space + 1
}
const wordEnd = (text: string, at: number) => {
  if (at >= text.length) return text.length
  const space = text.slice(at, at + 30).search(/\s/u)
  return space < 0 ? at : at + space
}
