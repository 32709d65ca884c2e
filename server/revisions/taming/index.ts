export { withoutChangesOf } from './changes.ts'
