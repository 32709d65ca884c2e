import type { Node } from 'prosemirror-model'
import { documentFromJson, DocumentRefused } from '../../shared/document/from-json.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { documentLimit, markdownLimit } from '../../shared/revisions/contract.ts'
import { TextUnusable } from './errors.ts'

/** The text somebody sent, as Markdown or as a document; undefined where neither was sent. Refuses what is no text. */
export function textFrom({
  markdown,
  document,
}: {
  markdown?: string | undefined
  document?: unknown
}): Node | undefined {
  if (markdown !== undefined && document !== undefined) throw new TextUnusable(400, 'both')
  if (markdown !== undefined) return fromText(markdown)
  return document === undefined ? undefined : fromJson(document)
}

function fromText(markdown: string): Node {
  const limit = markdownLimit
  if (Buffer.byteLength(markdown) > limit) throw new TextUnusable(413, 'large', { field: 'markdown', limit })
  if (markdown.includes('\0')) throw new TextUnusable(422, 'nul', { field: 'markdown' })
  if (!markdown.isWellFormed()) throw new TextUnusable(422, 'malformed', { field: 'markdown' })
  return fromMarkdown(markdown)
}

function fromJson(json: unknown): Node {
  const limit = documentLimit
  if (Buffer.byteLength(JSON.stringify(json)) > limit)
    throw new TextUnusable(413, 'large', { field: 'document', limit })
  try {
    return documentFromJson(json)
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error
    throw new TextUnusable(422, 'document', { field: 'document', path: error.path, fault: error.message })
  }
}
