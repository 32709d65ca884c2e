import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import type { Page } from '../../server/pages/index.ts'
import { as, type Member } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'

export interface Told {
  wiki: FreshWiki
  ada: Member
  mo: Member
  page: Page
}

export const oak = `An oak is a tree.

## Where it grows

In *woods* and parks. See [[The elm]].

## How old it gets

Some live for a thousand years.
`

/** A wiki with a member, a moderator and a page of one revision. */
export async function told(markdown = oak): Promise<Told> {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { name: 'Ada' })
  const mo = await as(wiki, 'moderator', { name: 'Mo' })
  const page = await wiki.revisions.startPage(ada.person, {
    title: 'Oak',
    language: 'en',
    document: fromMarkdown(markdown),
    summary: 'A start',
  })
  return { wiki, ada, mo, page }
}

/** Publishes another text of the page. */
export async function rewrite({ wiki, page }: Told, by: Member, markdown: string, summary = '') {
  return wiki.revisions.publishContent(by.person, page.id, fromMarkdown(markdown), { summary })
}

/** The fields of a form. */
export const form = (fields: Record<string, string>) => new URLSearchParams(fields)
