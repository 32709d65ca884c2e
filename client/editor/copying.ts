import type { Aside } from '../realtime/index.ts'
import type { Room } from './room.ts'
import { say } from './say.ts'

/** Puts text where it can be pasted from. Promises what to tell. */
export const copy = (text: string): Promise<string> =>
  navigator.clipboard.writeText(text).then(
    () => say('where.copied'),
    () => say('where.not-copied'),
  )

/** Hands text over as a file. */
export function download(text: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
  link.download = 'page.md'
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Copies the whole text, what the server has not taken of it, or what it refused in an earlier visit. */
export async function copyFrom(room: Room, what: 'all' | 'unconfirmed' | Aside): Promise<string> {
  if (what === 'unconfirmed') return copy(room.draft.unconfirmed())
  if (what !== 'all') return copy(what.words || (await what.text()))
  const { toMarkdown } = await import('../../shared/document/markdown.ts')
  return copy(room.writing ? toMarkdown(room.writing.view.state.doc) : '')
}
