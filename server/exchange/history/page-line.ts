import type { Page } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import type { Exported, Shelves } from './export.ts'
import { KeyRing } from './keys.ts'
import { textsOf } from './revision-text.ts'
import type { PageExtra, RevisionExtra } from './shapes.ts'
import { tellerOf } from './told.ts'

/** How many revisions are looked up at a time. */
const batch = 50

interface Past {
  page: Page
  titles: { title: string; at: number; by: string | null }[]
  addresses: { slug: string; at: number }[]
}

/** One page as a line of the file, in pieces; memory holds a few of its revisions. `step` is called between them. */
export async function* lineOf(
  shelves: Shelves,
  past: Past,
  done: Pick<Exported, 'suppressed'>,
  step: () => Promise<void>,
): AsyncGenerator<string> {
  const { page } = past
  const known = await shelves.revisions.importing.knownPage(page.id)
  const { source, path } = known?.origins[0] ?? { source: '', path: `${page.slug}.md` }
  const shas = new Map([...(known?.ids ?? [])].map(([sha, id]) => [id, sha]))
  const keys = new KeyRing(shelves, source)
  const texts = textsOf(shelves.revisions, path)
  const told = tellerOf(shelves, page, keys)

  const head = { path, lang: page.language, license: page.licence, ...(source && { source }), moves: [] }
  const unsigned = new Set<number>()
  yield `${JSON.stringify(head).slice(0, -1)},"revisions":[`
  for (let number = 1; number <= page.newest; number += batch) {
    const last = Math.min(number + batch - 1, page.newest)
    const { revisions } = await shelves.revisions.list(page, { before: String(last + 1), limit: last - number + 1 })
    for (const revision of revisions.toReversed()) {
      await step()
      for (const part of revision.hidden) done.suppressed[part]++
      if (revision.hidden.includes('author')) unsigned.add(revision.number)
      const said = await texts(revision)
      const wiki = { ...(await extraOf(revision, keys, page.newest)), ...said.wiki, ...(await told(revision)) }
      const line = {
        sha: shas.get(revision.id) ?? revision.id,
        author: wiki.publisher ?? wiki.authors[0] ?? 'unknown',
        timestamp: new Date(revision.at).toISOString(),
        message: revision.summary,
        ...said.line,
        wiki,
      }
      yield `${revision.number > 1 ? ',' : ''}${JSON.stringify(line)}`
    }
  }
  yield `],"wiki":${JSON.stringify(await pageExtra(withoutHidden(past, unsigned), keys))}}\n`
}

/** Who began a page is who wrote its first revision, and who deleted it wrote the last. */
function withoutHidden(past: Past, unsigned: ReadonlySet<number>): Past {
  const { page, titles } = past
  const isBegun = unsigned.has(1)
  return {
    ...past,
    page: {
      ...page,
      createdById: isBegun ? null : page.createdById,
      deletedById: unsigned.has(page.newest) ? null : page.deletedById,
    },
    titles: titles.map((title, at) => (isBegun && at === 0 ? { ...title, by: null } : title)),
  }
}

async function extraOf(revision: Revision, keys: KeyRing, newest: number): Promise<RevisionExtra> {
  const { id, kind, title, licence, minor, publisher, authors, source, revertedBy, hidden, sections, hash } = revision
  await keys.learn([...authors, ...(publisher ? [publisher] : [])])
  return {
    id,
    kind,
    title,
    license: licence,
    minor,
    publisher: publisher && keys.of(publisher.id),
    authors: authors.map(author => keys.of(author.id)),
    source: source?.number ?? null,
    // What was published since the page was begun is not in the file.
    revertedBy: revertedBy && revertedBy.number <= newest ? revertedBy.number : null,
    hidden,
    sections,
    words: { added: revision.wordsAdded, removed: revision.wordsRemoved },
    hash,
  }
}

async function pageExtra({ page, titles, addresses }: Past, keys: KeyRing): Promise<PageExtra> {
  const { id, slug, createdAt, createdById, deletedById, featured } = page
  await keys.learnIds([createdById, deletedById, ...titles.map(({ by }) => by)].filter(one => one !== null))
  const key = (person: string | null) => (person === null ? null : keys.of(person))
  return {
    id,
    slug,
    createdAt,
    createdBy: key(createdById),
    deletedBy: key(deletedById),
    featured,
    titles: titles.map(({ title, at, by }) => ({ title, at, by: key(by) })),
    redirects: addresses,
    people: keys.people(),
  }
}
