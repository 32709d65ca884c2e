import type { CitationFormat } from '../../../shared/revisions/cite.ts'
import { moment, type Translator } from '../../html/index.ts'
import { localeOf } from '../../../shared/i18n/translate.ts'
import type { Cited } from './cited.ts'
import { latex } from './latex.ts'

/** How each format is sent, and what a file of it ends in. */
export const kinds: Record<CitationFormat, { type: string; ending: string }> = {
  text: { type: 'text/plain; charset=utf-8', ending: 'txt' },
  bibtex: { type: 'application/x-bibtex; charset=utf-8', ending: 'bib' },
  ris: { type: 'application/x-research-info-systems; charset=utf-8', ending: 'ris' },
  'csl-json': { type: 'application/vnd.citationstyles.csl+json; charset=utf-8', ending: 'json' },
}

/** A citation in the form that somebody asked for. */
export async function citation(t: Translator, cited: Cited, format: CitationFormat): Promise<string> {
  if (format === 'text') return inWords(t, cited)
  const item = asItem(t, cited)
  if (format === 'csl-json') return `${JSON.stringify([item], null, 2)}\n`
  const { plugins } = await library()
  if (format === 'ris') return plugins.output.format('ris', [item], { format: 'object' }).map(risRecord).join('')
  return `${plugins.output.format('bibtex', [inLatex(item)]).trim()}\n`
}

/** As many names as a sentence bears. */
const most = 8

function inWords(t: Translator, { authors, title, site, number, at, address, licence }: Cited): string {
  const shown = authors.length > most + 1 ? authors.slice(0, most) : authors
  const rest = authors.length - shown.length
  const names = rest > 0 ? [...shown, t('layout.others', { count: rest })] : shown
  const list = new Intl.ListFormat(localeOf(t.language), { type: 'conjunction' }).format(names)
  const values = { authors: list, count: authors.length, title, site, number, licence, address }
  return t('cite.words', { ...values, date: moment(t, at, 'day') })
}

/** One entry of CSL-JSON. */
type Item = ReturnType<typeof asItem>

function asItem(t: Translator, { key, title, authors, site, number, at, address, language, licence }: Cited) {
  const date = new Date(at)
  return {
    id: key,
    'citation-key': key,
    type: 'webpage',
    title,
    author: (authors.length > 0 ? authors : [site]).map(literal => ({ literal })),
    'container-title': site,
    publisher: site,
    issued: { 'date-parts': [[date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]] },
    URL: address,
    language,
    version: String(number),
    note: t('cite.note', { number, licence, language }),
  }
}

const inLatex = (item: Item): Item => ({
  ...item,
  title: latex(item.title),
  author: item.author.map(({ literal }) => ({ literal: latex(literal) })),
  publisher: latex(item.publisher),
  note: latex(item.note),
})

/** The library would cut values into lines of seventy units, also through the middle of a character. */
function risRecord({ TY: type = 'ELEC', ...fields }: Record<string, unknown>): string {
  const tags = Object.entries(fields).flatMap(([tag, value]) => [value].flat().map(one => [tag, String(one)]))
  return [['TY', String(type)], ...tags, ['ER', '']].map(([tag, value]) => `${tag}  - ${value}\r\n`).join('')
}

let loaded: ReturnType<typeof load> | undefined

/** Loaded when somebody cites for the first time: neither the start nor reading waits for it. */
const library = () => (loaded ??= load())

async function load() {
  const core = await import('@citation-js/core')
  await import('@citation-js/plugin-bibtex')
  await import('@citation-js/plugin-ris')
  // It would leave out every letter that LaTeX had no name for once, and make names of authors into keys; ours are
  // escaped already.
  Object.assign(core.plugins.config.get('@bibtex').format, { asciiOnly: false, checkLabel: false })
  return core
}
