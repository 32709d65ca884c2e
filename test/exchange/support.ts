import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { importHistory, type Report } from '../../server/exchange/index.ts'
import type { FreshWiki } from '../support/wiki.ts'

/** What a line of a history file says; anything may be left out or wrong. */
export interface Line {
  path: string
  revisions: object[]
  [more: string]: unknown
}

let shas = 0

/** A revision some hours after the first, in the form of the files. */
export const revision = (text: string | null, hours: number, more: object = {}) => ({
  sha: `sha${++shas}`,
  author: 'ada',
  timestamp: new Date(Date.UTC(2020, 0, 1, hours)).toISOString(),
  message: `Hour ${hours}`,
  ...(text === null ? { deleted: true } : { text }),
  ...more,
})

export const pageLine = (path: string, revisions: object[], more: object = {}): Line => ({
  path,
  lang: 'en',
  license: 'CC-BY-4.0',
  source: 'https://example.org/guides',
  moves: [],
  revisions,
  ...more,
})

/** A file with these lines: objects as JSON, text as it stands. */
export function historyFile(lines: readonly (Line | string)[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'history.jsonl')
  writeFileSync(file, lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return file
}

export function bringIn(wiki: FreshWiki, file: string, watch: { progress?: () => void } = {}): Promise<Report> {
  const { db, site, accounts, pages, revisions } = wiki
  return importHistory({ db, site, people: accounts.people, pages, importing: revisions.importing }, file, {
    progress: () => {},
    signal: new AbortController().signal,
    ...watch,
  })
}

/** The page at an address, its revisions oldest first, and what each of them says. */
export async function pageAt(wiki: FreshWiki, slug: string) {
  const found = await wiki.pages.bySlug(slug)
  if (!found) throw new Error(`there is no page at ${slug}`)
  const { revisions } = await wiki.revisions.list(found.page, { limit: 500 })
  return { ...found, revisions: revisions.toReversed() }
}
