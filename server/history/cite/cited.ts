import { licenceNamed } from '../../../shared/licensing/licences.ts'
import type { Page } from '../../pages/index.ts'
import type { Credit, Revision } from '../../revisions/index.ts'

/** What a citation says, each on one line. */
export interface Cited {
  /** Names the citation where it is used; letters, digits and hyphens of ASCII only. */
  key: string
  title: string
  /** Those whose words stand in the revision, most first; nobody where that is suppressed. */
  authors: string[]
  /** The community, as the publisher. */
  site: string
  number: number
  at: number
  address: string
  language: string
  licence: string
}

interface Citing {
  page: Page
  revision: Revision
  authors: readonly Pick<Credit, 'name'>[]
  site: string
  /** Scheme and host by which readers know the wiki. */
  origin: string
}

export const citedFrom = ({ page, revision, authors, site, origin }: Citing): Cited => ({
  key: `${asciiFrom(page.slug)}-r${revision.number}`,
  title: line(revision.title),
  authors: authors.map(({ name }) => line(name)).filter(Boolean),
  site: line(site),
  number: revision.number,
  at: revision.at,
  address: `${origin}/r/${revision.id}`,
  language: page.language,
  licence: line(licenceNamed(revision.licence).name),
})

/** No line breaks nor other signs that would end a field, and none that turns the words behind it round. */
const line = (text: string) =>
  text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()

const asciiFrom = (slug: string) =>
  slug
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .toLowerCase() || 'page'
