import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { shape } from '../../shared/shapes.ts'
import { root } from '../root.ts'

/** Raised when backups are laid out in another way. */
export const layout = 1

/** What a backup says of itself: its first entry, `manifest.json`. */
const Manifest = shape({
  format: Type.Literal('commonleaf-backup'),
  layout: Type.Integer(),
  /** The Commonleaf that made it. */
  version: Type.String(),
  /** When, as ISO 8601 in UTC. */
  at: Type.String(),
  /** The shape of its database: the steps it has taken. */
  migrations: Type.Array(Type.String()),
  parts: Type.Array(
    shape({
      /** `commonleaf.db`, or `files/` and the path in the data folder. */
      path: Type.String({ pattern: '^(commonleaf\\.db|files/.+)$' }),
      size: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
  ),
})
export type Manifest = Static<typeof Manifest>
export type Part = Manifest['parts'][number]

const check = Compile(Manifest)

export const parts = { manifest: 'manifest.json', database: 'commonleaf.db', files: 'files/' } as const

/** Why something is no backup that this Commonleaf can use. */
export class NoBackup extends Error {}

/** Reads a manifest; throws `NoBackup` for anything that is none, or that a newer Commonleaf made. */
export function readManifest(text: string): Manifest {
  const said = parsed(text)
  if (typeof said === 'object' && said !== null && 'layout' in said && Number(said.layout) > layout)
    throw new NoBackup('it was made by a newer Commonleaf')
  if (!check.Check(said)) throw new NoBackup('its manifest cannot be read')
  const unsafe = said.parts.find(({ path }) => path.split('/').some(name => ['', '.', '..'].includes(name)))
  if (unsafe) throw new NoBackup(`it holds a file that leads out of the folder: ${unsafe.path}`)
  if (!said.parts.some(({ path }) => path === parts.database)) throw new NoBackup('it holds no database')
  return said
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new NoBackup('its manifest cannot be read')
  }
}

export const sizeOf = (manifest: Manifest): number => manifest.parts.reduce((sum, { size }) => sum + size, 0)

export const databaseSize = (manifest: Manifest): number =>
  manifest.parts.find(({ path }) => path === parts.database)?.size ?? 0

/** The version of this Commonleaf. */
export function ownVersion(): string {
  const said = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return said.version
}
