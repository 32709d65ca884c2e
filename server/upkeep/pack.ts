import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Header, Pack, ReadEntry } from 'tar'
import { type Manifest, type Part, parts } from './manifest.ts'

/** Bytes after which what was written is put to the disk: commits of the running wiki would wait for more at once. */
const stride = 2 * 1024 * 1024

export interface Watch {
  progress(bytes: number): void
  signal: AbortSignal
}

/** Writes a new file, an archive with the manifest first; `sourceOf` says where each part lies. */
export async function writeArchive(
  file: string,
  manifest: Manifest,
  sourceOf: (part: Part) => string,
  { progress, signal }: Watch,
): Promise<void> {
  const pack = new Pack({ portable: true, strict: true })
  const feeding = feed(pack, manifest, sourceOf).catch((fault: unknown) => void pack.destroy(fault))
  const out = await open(file, 'wx', 0o600)
  try {
    let waiting = 0
    for await (const chunk of pack) {
      signal.throwIfAborted()
      await out.write(chunk)
      waiting += chunk.length
      progress(chunk.length)
      if (waiting < stride) continue
      await out.datasync()
      waiting = 0
    }
    await feeding
    await out.sync()
  } finally {
    await out.close()
  }
}

async function feed(pack: Pack, manifest: Manifest, sourceOf: (part: Part) => string) {
  const text = Buffer.from(JSON.stringify(manifest, null, 2))
  const begin = (path: string, size: number) => {
    const entry = new ReadEntry(new Header({ path, size, mode: 0o600, mtime: new Date(manifest.at), type: 'File' }))
    pack.add(entry)
    return entry
  }
  begin(parts.manifest, text.length).end(text)
  for (const part of manifest.parts) {
    const entry = begin(part.path, part.size)
    // A file that has grown since it was counted is cut; reading the archive back finds that it has changed.
    const source = part.size > 0 ? createReadStream(sourceOf(part), { end: part.size - 1 }) : []
    for await (const chunk of source as AsyncIterable<Buffer>) if (!entry.write(chunk)) await once(entry, 'drain')
    entry.end()
  }
  pack.end()
}

/** The SHA-256 of a file. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}
