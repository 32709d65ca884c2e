/**
 * HTTP without the wiki: one gate that every route passes, operations with their shapes, and refusals told in JSON or
 * HTML. Leans on: html.
 */
export { addressOf, isLoopback, networkOf } from './address.ts'
export { askAgain } from './fresh.ts'
export { fromOurPages, gate } from './gate.ts'
export { document, hasSame } from './document.ts'
export { etagOf, isKnown, type Kept, keptDocuments, sendKept } from './kept.ts'
export { serve, type Served } from './serve.ts'
export { tellRefusals } from './tell.ts'
export { type Fields, fieldsOf, page } from './page.ts'
export { personOf } from './person.ts'
export { strictShapes } from './shapes.ts'
export { told } from './told.ts'
