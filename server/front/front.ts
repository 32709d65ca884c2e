import type { FastifyInstance } from 'fastify'
import type { Topic } from '../../shared/discussions/contract.ts'
import type { Asker } from '../../shared/accounts/contract.ts'
import { layout } from '../html/index.ts'
import { page as route } from '../http/index.ts'
import type { Pages } from '../pages/index.ts'
import type { Revisions } from '../revisions/index.ts'
import { frontView } from './views/front.ts'

export interface Front {
  pages: Pages
  revisions: Revisions
  /** The topics that were posted in last, as far as the asker may read them. */
  activeTopics: (asker: Asker, limit: number) => Promise<Topic[]>
}

/** The front page: what changed, what is talked about, what is worth reading. */
export function frontPage(app: FastifyInstance, { pages, revisions, activeTopics }: Front) {
  route(app, 'GET', '/', 'anyone', async request => {
    const { person, t } = request
    const { changes } = await revisions.changes(person, { limit: 8 })
    const topics = await activeTopics(person, 6)
    const featured = []
    for (const page of (await pages.featured()).slice(0, 6)) {
      const head = await revisions.head(page)
      if (head) featured.push({ page, lead: leadOf(head.text), authors: (await revisions.contributors(page, 1)).total })
    }
    const main = frontView({ t, site: request.site, changes, topics, featured, asker: person })
    return layout({ request, title: request.site, main, sheets: ['front', 'lists'], search: false })
  })
}

/** The first sentences of a text, cut at a word. */
function leadOf(text: string, most = 160): string {
  const lead =
    text
      .split('\n')
      .find(line => line.trim().length > 40)
      ?.trim() ?? text.trim()
  if (lead.length <= most) return lead
  const cut = lead.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).toWellFormed()}…`
}
