import type { Asker } from '../accounts/contract.ts'
import { standsAs } from '../accounts/may.ts'
import { mayRead, type PageRights } from '../pages/may.ts'

/** A topic is as readable as the page it is about; boards are open to everyone. `undefined` is a board. */
export const mayReadTopics = (asker: Asker, page: PageRights | undefined): boolean =>
  page === undefined || mayRead(asker, page)

/** Talk about a deleted page stays readable, but nothing is added to it. */
export const mayPost = (asker: Asker, page: PageRights | undefined): boolean =>
  standsAs(asker, 'member') && mayReadTopics(asker, page) && !page?.deleted
