import { type Standing, standings } from '../operation.ts'
import type { Asker } from './contract.ts'

/** A visitor, or a person who is not (or no longer) trusted to write, stands where `anyone` does. */
export function standing(asker: Asker): Standing {
  if (!asker || asker.state !== 'active' || asker.suspension) return 'anyone'
  return asker.role
}

/** Whether the asker stands at least as high as `least`. */
export const standsAs = (asker: Asker, least: Standing): boolean =>
  standings.indexOf(standing(asker)) >= standings.indexOf(least)
