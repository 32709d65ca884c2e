/**
 * Discussions are topics with threads of posts. A topic is about a page or belongs to a board of the forum: one
 * mechanism, two subjects. Whoever has a topic open sees new posts arrive.
 * Leans on: pages. Tells: 'topic started', 'post added'.
 */
export { discussionPages } from './reading.ts'
export { discussionRoutes } from './routes.ts'
export { type Discussions, discussions } from './service.ts'
