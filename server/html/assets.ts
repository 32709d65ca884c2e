import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'

/** Where `vite build` put the browser's files. */
export const assetsFolder = join(root, 'dist/client')

interface Chunk {
  file: string
}

let manifest: Record<string, Chunk> | undefined

/** The address of a built file by its source (`client/main.ts`). Throws where the client has not been built. */
export function asset(source: string): string {
  return `/assets/${chunk(source).file}`
}

function chunk(source: string): Chunk {
  const file = join(assetsFolder, 'manifest.json')
  if (!manifest && !existsSync(file)) throw new Error('the browser’s files are not built: run npm run build')
  manifest ??= JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>
  const found = manifest[source]
  if (!found) throw new Error(`${source} is not among the built files`)
  return found
}
