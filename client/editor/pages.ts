import type { listPages, readPage } from '../../shared/pages/operations.ts'
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

const titles = new Map<string, Promise<string | undefined>>()

/** What a page is called now; nothing where there is none, or where the server cannot be asked. */
export function titleOf(id: string): Promise<string | undefined> {
  const known = titles.get(id)
  if (known) return known
  const asked = call<typeof readPage>('GET', '/api/v1/pages/:id', { params: { id } }).then(
    page => page.title,
    () => undefined,
  )
  titles.set(id, asked)
  return asked
}
