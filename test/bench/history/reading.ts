import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffWords } from 'diff'
import { diff } from '../../../shared/document/diff.ts'
import { toText } from '../../../shared/document/text.ts'
import type { OpenWiki } from '../../../server/open.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { type Figure, quantile } from '../bench.ts'
import { changed, longDocument, neighbours } from './texts.ts'
import { asMember, bringIn, time, timeOf } from './wiki.ts'

/** Comparing two revisions, as far as the algebra goes, against jsdiff's word diff of the whole text. */
export async function diffFigures(print: (line: string) => void): Promise<Figure[]> {
  const pairs = neighbours(25 * 1024)
  const both = pairs.map(([before, after]) => ({ before, after, was: toText(before), now: toText(after) }))
  const times = { ours: [] as number[], words: [] as number[] }
  for (const round of [0, 1])
    for (const { before, after, was, now } of both) {
      const ours = await time(() => diff(before, after))
      const theirs = await time(() => diffWords(was, now))
      if (round === 0) continue
      times.ours.push(ours)
      times.words.push(theirs)
    }
  const [ours, theirs] = [sum(times.ours), sum(times.words)]
  print(
    `diff of ${pairs.length} neighbours of 25 KB: ${each(times.ours)}; jsdiff’s words ${each(times.words)}, longest ${longest(times.words)}`,
  )
  const long = longDocument(50_000)
  const edited = changed(long, 50)
  const tries: number[] = []
  for (let turn = 0; turn < 5; turn++) tries.push(await time(() => diff(long, edited)))
  print(`diff of 50,000 words with 50 changes: ${each(tries)}; the first time ${tries[0]?.toFixed(0)} ms`)
  return [
    { what: 'diff / jsdiff’s word diff of the whole text, 25 KB, all pairs together', is: ours / theirs, most: 1 },
    { what: 'diff / jsdiff’s, the median of the pairs', is: quantile(ratios(times), 0.5), most: 1 },
    { what: 'diff of 50,000 words with 50 changes in ms', is: quantile(tries, 0.5), most: 150 },
  ]
}

/** What the server takes to show a comparison and a page of history. */
export async function screenFigures(wiki: OpenWiki, folder: string, print: (line: string) => void): Promise<Figure[]> {
  const ada = await asMember(wiki, 'ada')
  const compared: number[] = []
  for (const [turn, [before, after]] of neighbours(25 * 1024)
    .slice(0, 60)
    .entries()) {
    const page = await wiki.revisions.startPage(ada, { title: `Pair ${turn}`, language: 'en', document: before })
    await wiki.revisions.publishContent(ada, page.id, after, { base: 1 })
    const took = await timeOf(wiki, `/wiki/${page.slug}/compare?from=1&to=2`)
    if (turn >= 15) compared.push(took)
  }
  print(`two neighbours of 25 KB compared and rendered: ${each(compared)}, longest ${longest(compared)}`)

  const long = longDocument(100_000)
  const page = await wiki.revisions.startPage(ada, { title: 'A hundred thousand', language: 'en', document: long })
  await wiki.revisions.publishContent(ada, page.id, changed(long, 200), { base: 1 })
  const huge = await timeOf(wiki, `/wiki/${page.slug}/compare?from=1&to=2`)
  print(`100,000 words with 200 changes compared and rendered: ${huge.toFixed(0)} ms`)

  const listed = await historyTimes(wiki, folder)
  print(`a page of a history of 400 revisions: ${listed.map(({ at, ms }) => `${at} ${ms.toFixed(1)} ms`).join(', ')}`)
  return [
    { what: '25 KB compared and rendered in ms', is: quantile(compared, 0.5), most: 10 },
    { what: '100,000 words compared and rendered in ms', is: huge, most: 2_000 },
    ...listed.map(({ at, ms }) => ({ what: `${at} page of a history of 400 revisions in ms`, is: ms, most: 5 })),
  ]
}

/** A page of 400 revisions: real ones of the two longest histories, one behind the other. */
async function historyTimes(wiki: OpenWiki, folder: string) {
  const [longer, second] = corpusHistory('oer-small').toSorted((a, b) => b.revisions.length - a.revisions.length)
  if (!longer || !second) throw new Error('the corpus holds too few pages')
  const revisions = [...longer.revisions, ...second.revisions, ...longer.revisions]
    .slice(0, 400)
    .map(({ author, message, text = 'Nothing.' }, at) => {
      const timestamp = new Date(Date.UTC(2015, 0, 1 + 4 * at)).toISOString()
      return { sha: `r${at}`, author, timestamp, message, text }
    })
  const file = join(folder, 'four-hundred.jsonl')
  writeFileSync(file, `${JSON.stringify({ ...longer, path: 'four-hundred.md', moves: [], revisions })}\n`)
  await bringIn(wiki, file)
  const known = await wiki.revisions.importing.known(longer.source, 'four-hundred.md')
  const page = known && (await wiki.pages.byId(known.pageId))
  if (!page) throw new Error('the page of 400 revisions did not arrive')
  const places = { first: '', middle: '?before=200', last: '?before=40' }
  const tries = Object.entries(places).map(([at, query]) => ({ at, query, times: [] as number[] }))
  for (let turn = 0; turn < 80; turn++)
    for (const { query, times } of tries) times.push(await timeOf(wiki, `/wiki/${page.slug}/history${query}`))
  return tries.map(({ at, times }) => ({ at, ms: quantile(times.slice(40), 0.5) }))
}

const ratios = ({ ours, words }: { ours: number[]; words: number[] }) =>
  ours.map((one, at) => one / (words[at] ?? Infinity))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const each = (values: readonly number[]) =>
  `${quantile(values, 0.5).toFixed(1)} ms in the middle, 95 % within ${quantile(values, 0.95).toFixed(1)}`
const longest = (values: readonly number[]) => `${Math.max(...values).toFixed(0)} ms`
