import type { listPages } from '../../shared/pages/operations.ts'
import { call } from '../call.ts'

export interface FoundPage {
  id: string
  slug: string
  title: string
}

/** Pages whose title begins so; none where the server cannot be asked. */
export async function findPages(title: string, signal?: AbortSignal): Promise<FoundPage[]> {
  if (title.trim() === '') return []
  const query = { title: title.trim(), limit: 8 }
  const found = await call<typeof listPages>('GET', '/api/v1/pages', { query, ...(signal && { signal }) }).catch(
    () => undefined,
  )
  return found?.pages ?? []
}
