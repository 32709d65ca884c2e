import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.mjs'

/** A hash of what the files say, under these paths and with these endings: touching a file changes nothing. */
export function fingerprint(paths, endings = /./, ...more) {
  const hash = createHash('sha256')
  for (const path of paths) for (const file of filesUnder(path)) if (endings.test(file)) add(hash, file)
  for (const word of more) hash.update(word)
  return hash.digest('hex')
}

/** The stamp that was left in `file`, or undefined. */
export const stampIn = file => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined)

export function stamp(file, mark) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), mark)
}

function filesUnder(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap(name => filesUnder(join(path, name)))
}

function add(hash, file) {
  const bytes = readFileSync(join(root, file))
  hash.update(`${file}\0${bytes.length}\0`).update(bytes)
}
