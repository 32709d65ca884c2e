import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Header, Pack, Parser, ReadEntry } from 'tar'
import { type Manifest, NoBackup, type Part, parts, readManifest } from './manifest.ts'

/** Bytes after which what was written is put to the disk: commits of the running wiki would wait for more at once. */
const stride = 2 * 1024 * 1024

/** The largest manifest that is read. */
const manifestLimit = 64 * 1024 * 1024

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

/**
 * Reads an archive from end to end and holds it to its manifest; throws `NoBackup` where anything is missing, too much
 * or different. `begin` hears of the manifest before anything else is read; `into` says where a part is to be put.
 */
export async function readArchive(
  file: string,
  {
    begin = async () => {},
    into = () => undefined,
    progress,
    signal,
  }: { begin?: (manifest: Manifest) => Promise<void>; into?: (part: Part) => string | undefined } & Watch,
): Promise<Manifest> {
  let manifest: Manifest | undefined
  const missing = new Map<string, Part>()

  async function visit(entry: ReadEntry) {
    if (!manifest) {
      if (entry.path !== parts.manifest || entry.size > manifestLimit) throw new NoBackup('it has no manifest')
      manifest = readManifest((await entry.concat()).toString())
      for (const part of manifest.parts) missing.set(part.path, part)
      return begin(manifest)
    }
    const part = missing.get(entry.path)
    if (!part || entry.type !== 'File') throw new NoBackup(`it holds ${entry.path}, which its manifest does not name`)
    missing.delete(entry.path)
    const { size, sha256 } = await taken(entry, into(part), { progress, signal })
    if (size !== part.size || sha256 !== part.sha256) throw new NoBackup(`${part.path} is not what it was`)
  }

  await eachEntry(file, visit)
  const [lost] = missing.keys()
  if (!manifest || lost !== undefined) throw new NoBackup(lost ? `${lost} is missing` : 'it is empty')
  return manifest
}

async function taken(entry: ReadEntry, to: string | undefined, { progress, signal }: Watch) {
  const hash = createHash('sha256')
  let size = 0
  if (to !== undefined) await mkdir(dirname(to), { recursive: true })
  const out = to === undefined ? undefined : await open(to, 'wx', 0o600)
  try {
    for await (const chunk of entry) {
      signal.throwIfAborted()
      hash.update(chunk)
      size += chunk.length
      progress(chunk.length)
      await out?.write(chunk)
    }
    await out?.sync()
  } finally {
    await out?.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** Goes through an archive's entries one after the other; the next is not read before a visit is done. */
function eachEntry(file: string, visit: (entry: ReadEntry) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = createReadStream(file)
    let visits = Promise.resolve()
    const fail = (fault: unknown) => {
      source.destroy()
      reject(fault instanceof Error ? fault : new Error(String(fault)))
    }
    const parser = new Parser({
      strict: true,
      onReadEntry(entry) {
        visits = visits.then(() => visit(entry))
        visits.catch(fail)
      },
    })
    parser.on('error', (fault: Error) => fail(new NoBackup(fault.message)))
    parser.on('end', () => void visits.then(resolve, fail))
    source.on('error', fail).on('data', chunk => {
      if (!parser.write(Buffer.from(chunk))) source.pause()
    })
    parser.on('drain', () => source.resume())
    source.on('end', () => parser.end())
  })
}

/** The SHA-256 of a file. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}
