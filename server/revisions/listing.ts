import type { HistoryCounts, RevisionFilter } from '../../shared/revisions/filter.ts'
import type { Page } from '../pages/index.ts'
import { type Activity, activityOf } from './activity.ts'
import { Malformed } from './errors.ts'
import type { Ground } from './ground.ts'
import { bitOf, type Ledger, ledgers, type Line } from './ledger.ts'
import type { Credit, Revision, Slice } from './service.ts'
import { signed } from './signed.ts'
import * as store from './store.ts'
import { creditFor } from './credits.ts'

export interface RevisionList {
  revisions: Revision[]
  /** Goes into `before` to read on. */
  next: string | null
  counts: HistoryCounts
}

/** What the lines of a history can be picked by, and how many each would leave. */
export interface Choices {
  /** Most revisions first. */
  people: (Credit & { revisions: number })[]
  sections: ReadonlyMap<string, number>
  tags: Ledger['tags']
}

/** A part of a history with all that its screen shows beside it. */
export interface Survey extends RevisionList {
  choices: Choices
  /** Of what the filter lets through, whatever days it names. */
  activity: Activity
  /** How much the filter lets through stands before what is listed here. */
  skipped: number
  /** Goes into `before` to read the end; null where this is it, or the next part. */
  oldest: string | null
  /** When anything of the history changed last. */
  changedAt: number
}

/** How many people a menu offers; the others are found by their handles. */
const offered = 20

/** Reading a history a part at a time, filtered and counted. */
export function listing({ db, people }: Ground) {
  const books = ledgers()

  /** Whoever has this handle; somebody nobody is, where nobody has it. */
  const idOf = async (handle: string | undefined) =>
    handle === undefined ? undefined : ((await people.byHandle(handle))?.id ?? '')

  async function read(page: Page, { limit = 50, before, ...filter }: Slice & RevisionFilter) {
    const ledger = await books.of(db.read, page.id)
    const found = matching(ledger, { ...filter, person: await idOf(filter.person) })
    const from = before === undefined ? found.lines.length : placeOf(found.lines, wholeNumber(before))
    const shown = found.lines.slice(Math.max(0, from - limit), from)
    const rows = await store.byNumbers(
      db.read,
      page.id,
      shown.map(({ number }) => number),
    )
    const { people: everybody, since, lines } = ledger
    const list: RevisionList = {
      revisions: await signed(db.read, people, rows),
      next: from > limit ? String(shown[0]?.number) : null,
      counts: {
        all: lines.length,
        people: everybody.size,
        since,
        matching: found.lines.length,
        minor: found.minor,
      },
    }
    const oldest = from > 2 * limit ? String(found.lines[limit]?.number) : null
    return { ledger, found, list, oldest, skipped: found.lines.length - from }
  }

  return {
    list: async (page: Page, of: Slice & RevisionFilter): Promise<RevisionList> => (await read(page, of)).list,

    async survey(page: Page, of: Slice & RevisionFilter): Promise<Survey> {
      const { ledger, found, list, oldest, skipped } = await read(page, of)
      const busiest = [...ledger.people].sort(([, one], [, other]) => other - one).slice(0, offered)
      const names = await people.byIds(busiest.map(([id]) => id))
      const shown = busiest.flatMap(([id, revisions]) => {
        const credit = creditFor(names, id)
        return credit ? [{ ...credit, revisions }] : []
      })
      return {
        ...list,
        skipped,
        oldest,
        choices: { people: shown, sections: ledger.sections, tags: ledger.tags },
        activity: activityOf(ledger, found.anyDay),
        changedAt: ledger.changedAt,
      }
    },
  }
}

/** What fits the filter, oldest first; `anyDay` also what its days leave out, `minor` how much was left out as such. */
function matching({ lines }: Ledger, { person, section, tag, minor, since, until }: RevisionFilter) {
  if (person === undefined && section === undefined && tag === undefined && !minor && !since && !until)
    return { lines, anyDay: lines, minor: 0 }
  const wanted = tag === undefined ? 0 : bitOf(tag)
  const [from, to] = [since ? dayNamed(since) : -Infinity, until ? dayNamed(until) + day : Infinity]
  const isMinor = bitOf('minor')
  let hidden = 0
  const anyDay = lines.filter(line => {
    if ((line.tags & wanted) !== wanted) return false
    if (person !== undefined && !line.people.includes(person)) return false
    if (section !== undefined && !line.sections.includes(section)) return false
    if (!minor || (line.tags & isMinor) === 0) return true
    if (line.at >= from && line.at < to) hidden++
    return false
  })
  const within = since || until ? anyDay.filter(({ at }) => at >= from && at < to) : anyDay
  return { lines: within, anyDay, minor: hidden }
}

const day = 86_400_000

/** How many of the lines have a lower number. */
function placeOf(lines: readonly Line[], number: number): number {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.number ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}

function dayNamed(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Malformed(`${text} is no day`)
  return at
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Malformed('/before is no place that a list has given')
  return Number(text)
}
