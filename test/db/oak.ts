import { brotliCompressSync } from 'node:zlib'
import * as Y from 'yjs'
import { canonical } from '../../shared/document/canonical.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { fill, fragmentOf } from '../../shared/document/live.ts'
import { hashOf } from '../../server/revisions/contents.ts'
import type { OldRow } from './old.ts'

/** What the revisions of two pages say; the last of Oak says again what the first said. */
export const texts = ['An oak.', 'An oak and a nut.', 'A nut.', 'An elm.'].map(text => {
  const document = fromMarkdown(text)
  const json = canonical(document)
  return { document, json, hash: hashOf(json), size: Buffer.byteLength(json) }
})

export const source = 'https://example.org/guides'

/**
 * A wiki of before segments grew, rows were slimmed and authors named only where they are not the publisher: Oak, written
 * by Ada, then by Bo and Ada, imported from Kim, restored by Ada; and Elm, which Bo wrote and deleted.
 */
export function oakAndElm(): Record<string, readonly OldRow[]> {
  const [first, second, third, elm] = texts
  return {
    people: ['ada', 'bo', 'kim'].map(person),
    pages: [page('oak', { newest: 4, head: 'oak-4' }), page('elm', { newest: 2, deleted_by_id: 'bo' })],
    draft_epochs: ['oak', 'elm'].map(id => {
      return { page_id: id, epoch: 1, cause: 'new', schema_version: 1, knows_owners: 1, at: 1 }
    }),
    draft_updates: [draft('oak', first), draft('elm', elm)],
    draft_clients: ['oak', 'elm'].map(id => ({ page_id: id, epoch: 1, client_id: writer, made_here: 1 })),
    search_entries: [{ kind: 'page', ref_id: 'oak', page_id: 'oak', language: 'en' }],
    revisions: [
      revision('oak', 1, { ...said(first), publisher_id: 'ada' }),
      revision('oak', 2, { ...said(second), publisher_id: 'ada', parent_id: 'oak-1', reverted_by_id: 'oak-4' }),
      revision('oak', 3, {
        ...said(third),
        kind: 'import',
        publisher_id: 'kim',
        parent_id: 'oak-2',
        reverted_by_id: 'oak-4',
      }),
      revision('oak', 4, {
        ...said(first),
        kind: 'restore',
        publisher_id: 'ada',
        parent_id: 'oak-3',
        source_id: 'oak-1',
      }),
      revision('elm', 1, { ...said(elm), publisher_id: 'bo' }),
      revision('elm', 2, { size: 0, kind: 'deletion', publisher_id: 'bo', parent_id: 'elm-1' }),
    ],
    revision_authors: [
      ['oak-1', 'ada', 0] as const,
      ['oak-2', 'bo', 0] as const,
      ['oak-2', 'ada', 1] as const,
      ['oak-3', 'kim', 0] as const,
      ['oak-4', 'ada', 0] as const,
      ['elm-1', 'bo', 0] as const,
      ['elm-2', 'bo', 0] as const,
    ].map(([id, who, position]) => ({ revision_id: id, person_id: who, position })),
    first_revisions: ['ada', 'bo', 'kim'].map((id, turn) => {
      return { person_id: id, revision_id: `oak-${turn + 1}`, page_id: 'oak', at: turn + 1 }
    }),
    content_segments: [{ id: 'a', page_id: 'oak', bytes: brotliCompressSync(`${first?.json}${second?.json}`) }],
    contents: [
      { ...filed('oak', first), bytes: null, segment_id: 'a', offset: 0, length: first?.size ?? 0 },
      { ...filed('oak', second), bytes: null, segment_id: 'a', offset: first?.size ?? 0, length: second?.size ?? 0 },
      loose('oak', third),
      loose('elm', elm),
    ],
    page_heads: [
      {
        page_id: 'oak',
        revision_id: 'oak-4',
        rendering: 1,
        html: '<p>As it was rendered then.</p>',
        outline: '[]',
        words: 2,
        text: 'An oak.',
      },
    ],
    imported_pages: [{ source, path: 'oak.md', page_id: 'oak' }],
    imported_revisions: [{ source, path: 'oak.md', external_id: 'sha3', revision_id: 'oak-3', page_id: 'oak' }],
    imported_people: [{ source, external_id: 'kim', person_id: 'kim' }],
  }
}

type Text = (typeof texts)[number] | undefined

const person = (id: string): OldRow => {
  return { id, handle: id, handle_key: id, name: id, role: 'member', state: 'imported', created_at: 1 }
}

function page(id: string, { newest, head = null, ...more }: { newest: number; head?: string | null } & OldRow): OldRow {
  return {
    id,
    slug: id,
    slug_key: id,
    title: id,
    title_key: id,
    language: 'en',
    licence: 'CC-BY-4.0',
    head_id: head,
    head_number: newest,
    newest,
    rendering: 1,
    epoch: 1,
    head_seq: 1,
    created_at: 1,
    changed_at: 9,
    ...(head === null && { deleted_at: 9 }),
    ...more,
  }
}

function revision(id: string, number: number, more: OldRow): OldRow {
  return {
    id: `${id}-${number}`,
    page_id: id,
    number,
    kind: 'edit',
    summary: '',
    minor: 0,
    licence: 'CC-BY-4.0',
    at: number,
    title: id,
    words_added: 0,
    words_removed: 0,
    ...more,
  }
}

/** The client id that both drafts were written with. */
const writer = 7

function draft(id: string, text: Text): OldRow {
  const ydoc = new Y.Doc()
  ydoc.clientID = writer
  if (text) fill(fragmentOf(ydoc), text.document)
  return { page_id: id, epoch: 1, seq: 1, at: 1, kind: 'seed', payload: Y.encodeStateAsUpdate(ydoc) }
}

const said = (text: Text): OldRow => ({ size: text?.size ?? 0, content_hash: text?.hash ?? null })
const filed = (id: string, text: Text): OldRow => ({ hash: text?.hash ?? null, page_id: id })

function loose(id: string, text: Text): OldRow {
  const bytes = brotliCompressSync(text?.json ?? '')
  return { ...filed(id, text), bytes, segment_id: null, offset: 0, length: bytes.length }
}
