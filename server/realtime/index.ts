/**
 * The live channel: everyone who has a page open writes in one draft, over `/sync/<room>`. Its promises:
 * I1 nobody sees an edit that is not on disk, and an acknowledgement means that it is;
 * I2 what is on disk is always a document, so no editor ever tidies up somebody's work;
 * I3 a client id is one person's, and so are a cursor's name and colour;
 * I4 what the server itself changes goes through the same log.
 * Whoever comes for an epoch that is over, or is in the room when it ends, is heard before being sent on (`hearing.ts`).
 * The wire is described in `shared/realtime/PROTOCOL.md`. Leans on: http, drafts. Hears: 'draft changed', 'epoch begun',
 * 'revision published', 'page deleted', 'rights changed', 'person changed'.
 */
export { limitsOf } from './limits.ts'
export { type Realtime, realtime } from './service.ts'
