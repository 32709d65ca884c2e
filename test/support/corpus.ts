import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { root } from '../../server/root.ts'

/** Real pages, histories, threads and hostile strings, in the folder beside the checkout (or where CORPUS says). */
export const corpus = process.env['CORPUS'] ?? join(root, '../shared/corpus')

export interface CorpusRevision {
  sha: string
  author: string
  timestamp: string
  message: string
  text?: string
  deleted?: true
  moved?: string
}

export interface CorpusPage {
  path: string
  lang: string
  license: string
  source: string
  revisions: CorpusRevision[]
}

export const corpusText = (path: string): string => readFileSync(join(corpus, path), 'utf8')

export const corpusHistory = (name: 'oer-small' | 'opensource-guide-en'): CorpusPage[] =>
  brotliDecompressSync(readFileSync(join(corpus, `history/${name}.jsonl.br`)))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as CorpusPage)

export const naughtyStrings = (): string[] => JSON.parse(corpusText('hostile/blns.json')) as string[]
