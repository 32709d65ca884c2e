import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Parser, type ReadEntry } from 'tar'
import { type Manifest, NoBackup, type Part, parts, readManifest } from './manifest.ts'
import type { Watch } from './pack.ts'

/** The largest manifest that is read. */
const manifestLimit = 64 * 1024 * 1024

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
