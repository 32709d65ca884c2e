import { connectDraft, type LiveDraft } from '../realtime/index.ts'
import { sayOf } from './say.ts'

/** Opens the draft whose address stands on the element. */
export const connect = (element: { room: string; personId: string }): LiveDraft =>
  connectDraft({ room: element.room, personId: element.personId, say: sayOf })
