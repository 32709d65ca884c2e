import type { RevisionFilter } from '../../../shared/revisions/filter.ts'
import type { Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision, Survey } from '../../revisions/index.ts'
import { addressFor } from './asked.ts'
import { peopleOf } from './byline.ts'
import { xml } from './xml.ts'

export interface Feed {
  t: Translator
  page: Page
  survey: Survey
  filter: RevisionFilter
  /** Scheme and host by which readers know the wiki. */
  origin: string
  /** The path by which this feed was asked for, and where it began. */
  path: string
  before: string | undefined
  site: string
}

/** A history as an Atom feed (RFC 4287), an entry a revision; older ones are behind `next` (RFC 5005). */
export function feed(of: Feed): string {
  const { t, page, survey, filter, origin, path, site } = of
  const link = (rel: string, type: string, address: string) =>
    `<link rel="${rel}" type="${type}" href="${xml(origin + address)}"/>`
  const self = addressFor(path, filter, of.before)
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(t.language)}">
<id>${xml(`urn:uuid:${page.id}${filterId(filter)}`)}</id>
<title>${xml(t('history.feed-of', { title: page.title }))}</title>
<updated>${new Date(survey.counts.since === null ? page.createdAt : survey.changedAt).toISOString()}</updated>
<author><name>${xml(site)}</name></author>
${link('self', 'application/atom+xml', self)}
${link('alternate', 'text/html', addressFor(`${addressOf(page)}/history`, filter))}
${survey.next === null ? '' : `${link('next', 'application/atom+xml', addressFor(path, filter, survey.next))}\n`}${survey.revisions.map(revision => entry(of, revision)).join('')}</feed>
`
}

/** A filtered history is a feed of its own. */
const filterId = (filter: RevisionFilter) => addressFor('', filter).replace('?', '#')

function entry({ t, page, origin }: Feed, revision: Revision): string {
  const { id, number, kind, summary, minor, at, hash, hidden, wordsAdded: added, wordsRemoved: removed } = revision
  const address =
    hash === null
      ? `${addressOf(page)}/history`
      : number > 1
        ? `${addressOf(page)}/compare?from=${number - 1}&to=${number}`
        : `${addressOf(page)}?revision=1`
  const title = summary ? t('history.feed-entry', { number, summary }) : t('history.feed-entry.plain', { number })
  const people = peopleOf(revision)
  const authors = people.map(
    ({ handle, name }) =>
      `<author><name>${xml(name)}</name><uri>${xml(`${origin}/people/${encodeURIComponent(handle)}`)}</uri></author>\n`,
  )
  const nobody = hidden.includes('author') ? `<author><name>${xml(t('history.no-author'))}</name></author>\n` : ''
  const terms = [kind, ...(minor ? ['minor'] : []), ...(revision.revertedBy ? ['reverted'] : [])]
  const said = [summary, t('revisions.words', { added, removed })].filter(Boolean).join('\n')
  return `<entry>
<id>${xml(`urn:uuid:${id}`)}</id>
<title>${xml(title)}</title>
<updated>${new Date(at).toISOString()}</updated>
<published>${new Date(at).toISOString()}</published>
${authors.join('')}${nobody}<link rel="alternate" type="text/html" href="${xml(origin + address)}"/>
<link rel="via" type="text/html" href="${xml(`${origin}/r/${id}`)}"/>
${terms.map(term => `<category term="${term}"/>`).join('')}
<summary type="text">${xml(said)}</summary>
</entry>
`
}
