import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Accounts } from '../accounts/index.ts'
import type { Database, Writer } from '../db/index.ts'
import type { Discussions } from '../discussions/index.ts'
import { personFor, readText } from '../exchange/index.ts'
import type { Pages } from '../pages/index.ts'
import type { Importing } from '../revisions/index.ts'
import { root } from '../root.ts'

export interface Rooms {
  db: Database
  accounts: Accounts
  pages: Pages
  discussions: Discussions
  importing: Importing
}

/** Where the texts come from, as far as the wiki's memory of imports goes: each is planted once. */
const source = 'commonleaf:starter'
/** Ours, and given away, so that a community may change them and choose its own licence. */
const licence = 'CC0-1.0'

const texts = [
  { file: 'welcome.md', slug: 'Welcome', language: 'en', featured: 1 },
  { file: 'editing.md', slug: 'Editing', language: 'en', featured: 2 },
  { file: 'working-together.md', slug: 'How-we-work-together', language: 'en', featured: null },
  { file: 'welcome.fr.md', slug: 'Bienvenue', language: 'fr', featured: null },
  { file: 'welcome.ar.md', slug: 'أهلًا-وسهلًا', language: 'ar', featured: null },
] as const

/** Whether nobody has written anything here yet, and nothing was planted. */
export async function isBare({ db, pages, importing }: Rooms): Promise<boolean> {
  const { pages: any } = await pages.list(null, { limit: 1, unpublished: true })
  return any.length === 0 && !(await importing.known(source, texts[0].file, db.read))
}

/** Plants a starter community: pages that say how to begin, and a first board. Promises how many pages are new. */
export async function plant(rooms: Rooms): Promise<number> {
  const { db, discussions } = rooms
  let planted = 0
  for (const text of texts) planted += await db.write(tx => plantText(rooms, tx, text))
  await discussions.openBoard('general', 'General', 'Questions, ideas and everything that belongs to no page.')
  return planted
}

async function plantText(
  { accounts, importing, pages }: Rooms,
  tx: Writer,
  { file, slug, language, featured }: (typeof texts)[number],
) {
  if (await importing.known(source, file, tx)) return 0
  const { document, title } = readText(readFileSync(join(root, 'server/starter/texts', file), 'utf8'), file)
  const at = Date.now()
  const { id: authorId } = await personFor(tx, accounts.people, source, 'Commonleaf')
  const { id: pageId } = await importing.startPage(tx, { title, slug, language, licence, at })
  const summary = 'A first text to begin with'
  const origin = { source, path: file, externalId: '1' }
  await importing.add(tx, { ...origin, pageId, authorId, at, summary, title, licence, document })
  await importing.finish(tx, pageId)
  if (featured !== null) await pages.feature(tx, pageId, featured)
  return 1
}
