import type { readPage } from '../../shared/pages/operations.ts'
import { call } from '../call.ts'
import type { DraftAddress } from '../realtime/index.ts'
import { sayOf } from './say.ts'

/** Where a draft is, for whoever writes here. */
export const addressOf = (room: string, personId: string): DraftAddress => ({ room, personId, say: sayOf })

/** The room in which a page's draft is now; nothing where the server cannot say. */
export async function roomNow(page: string): Promise<string | undefined> {
  const found = await call<typeof readPage>('GET', '/api/v1/pages/:id', { params: { id: page } }).catch(() => undefined)
  return found?.draft.room
}
