import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../server/config.ts'
import { type OpenWiki, openWiki } from '../../server/open.ts'

/** A figure, and what it must not be above or below. */
export interface Figure {
  what: string
  is: number
  most?: number
  least?: number
}

export type Bench = (print: (line: string) => void) => Promise<Figure[]>

/** A new wiki in a folder of its own while `use` needs it. */
export async function withWiki<Result>(use: (wiki: OpenWiki, folder: string) => Promise<Result>): Promise<Result> {
  return inFolder(async folder => {
    const wiki = await openWiki(readConfig({ DATA_DIR: folder }))
    if (!wiki) throw new Error('a new folder is held by another process')
    try {
      return await use(wiki, folder)
    } finally {
      await wiki.close()
    }
  })
}

export async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-bench-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The value that so large a share of these do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
