import type { Asker } from '../accounts/contract.ts'
import { standsAs } from '../accounts/may.ts'

/** What a rule needs to know of a page. */
export interface PageRights {
  deleted: boolean
}

/** Everything that can be read asks here: pages, search, changes, feeds and the live channel. */
export const mayRead = (_asker: Asker, _page: PageRights): boolean => true
export const mayEdit = (asker: Asker, page: PageRights): boolean => standsAs(asker, 'member') && !page.deleted
export const mayPublish = mayEdit
export const mayCreatePage = (asker: Asker): boolean => standsAs(asker, 'member')
export const mayRename = mayEdit
export const mayRestore = (asker: Asker, _page: PageRights): boolean => standsAs(asker, 'moderator')
export const maySuppress = mayRestore
export const mayUndo = mayEdit
export const mayRollBack = (asker: Asker, page: PageRights): boolean => standsAs(asker, 'moderator') && !page.deleted
export const mayDelete = (asker: Asker, page: PageRights): boolean => standsAs(asker, 'moderator') && !page.deleted
export const mayFeature = mayDelete
