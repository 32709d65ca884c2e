import type { Credit } from '../../../shared/document/authorship.ts'
import { unitText } from '../../../shared/document/units.ts'
import type { FreshWiki } from '../../support/wiki.ts'

/** Who wrote what, as `name revision: words`. */
export async function writtenBy(wiki: FreshWiki, pageId: string, number: number): Promise<string[]> {
  const page = await wiki.pages.byId(pageId)
  if (!page) throw new Error('no page')
  const document = await wiki.revisions.document(await wiki.revisions.byNumber(page, number))
  const credits = await wiki.revisions.authorship.creditsAt(pageId, number)
  const people = await wiki.accounts.people.byIds(credits.flatMap(({ person }) => person ?? []))
  const text = unitText(document)
  let at = 0
  return credits.map(({ size, person, revision }: Credit) => {
    const name = person === null ? 'nobody' : (people.get(person)?.name ?? 'stranger')
    return `${name} ${revision}: ${text.slice(at, (at += size))}`
  })
}
