import type { Selectable } from 'kysely'
import type { PageJson } from '../../shared/pages/contract.ts'
import { roomOf } from '../../shared/realtime/room.ts'
import type { Tables } from '../db/index.ts'

export interface Page {
  id: string
  slug: string
  title: string
  language: string
  licence: string
  /** What readers see; null before the first revision and while the page is deleted. */
  head: { id: string; number: number } | null
  /** The number of the newest revision, a deletion's included; 0 before the first. */
  newest: number
  epoch: number
  /** Grows whenever what readers see of the page may have changed, also by a change of what it links to: a key for caches. */
  rendering: number
  createdAt: number
  createdById: string | null
  changedAt: number
  deleted: boolean
  deletedAt: number | null
  deletedById: string | null
  /** Position among the featured pages of the front page. */
  featured: number | null
}

export const pageOf = (row: Selectable<Tables['pages']>): Page => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  language: row.language,
  licence: row.licence,
  head: row.head_id === null ? null : { id: row.head_id, number: row.head_number },
  newest: row.newest,
  epoch: row.epoch,
  rendering: row.rendering,
  createdAt: row.created_at,
  createdById: row.created_by_id,
  changedAt: row.changed_at,
  deleted: row.deleted_at !== null,
  deletedAt: row.deleted_at,
  deletedById: row.deleted_by_id,
  featured: row.featured,
})

/** The page as programs see it. */
export const pageJson = (page: Page): PageJson => ({
  id: page.id,
  slug: page.slug,
  title: page.title,
  language: page.language,
  licence: page.licence,
  head: page.head,
  draft: { room: roomOf(page.id, page.epoch), epoch: page.epoch },
  createdAt: page.createdAt,
  changedAt: page.changedAt,
})

export const addressOf = (page: { slug: string }): string => `/wiki/${encodeURIComponent(page.slug)}`
