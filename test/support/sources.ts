import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../../server/root.ts'

/** A file of the project, by its path from the root, and what it imports. */
export interface Source {
  path: string
  text: string
  /** Paths from the root, or the names of packages. */
  imports: string[]
  /** Those of the imports that bring code and not only types. */
  runs: string[]
}

/** All TypeScript files below these folders. */
export const sourcesIn = (...folders: string[]): Source[] =>
  folders.flatMap(folder =>
    filesIn(folder)
      .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))
      .map(sourceAt),
  )

/** All files below a folder, by their paths from the root. */
export function filesIn(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

function sourceAt(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const said = [...text.matchAll(statement)].map(([words, from, dynamic, bare]) => ({
    name: from ?? dynamic ?? bare ?? '',
    isType: /^\s*(import|export)\s+type\b/.test(words),
  }))
  const located = said.map(({ name, isType }) => ({
    isType,
    name: name.startsWith('.') ? join(dirname(path), name) : name,
  }))
  return {
    path,
    text,
    imports: located.map(({ name }) => name),
    runs: located.filter(({ isType }) => !isType).map(({ name }) => name),
  }
}

const statement =
  /(?:^|\n)\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g
