/**
 * The JSON interface described by itself: every operation that a room serves is in `/api/openapi.json` and on a page to
 * browse it. Leans on: html, http. It must be there before the rooms register their routes.
 */
export { describeApi } from './describe.ts'
