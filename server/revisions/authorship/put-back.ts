import * as Y from 'yjs'
import { type Fact, spread } from '../../../shared/document/authorship.ts'
import { Runs } from '../../../shared/document/runs.ts'
import type { Drafts } from '../../drafts/index.ts'

type Row = Awaited<ReturnType<Drafts['tail']>>[number]

/** Acts in which the server writes what stood in a text before. */
const acts: ReadonlySet<Row['kind']> = new Set(['discard', 'restore', 'undo', 'rollback'])

/** Whether a letter was written by such an act. */
export function putBackBy(changes: readonly Row[]): (client: number, clock: number) => boolean {
  const written = new Runs<true>()
  for (const { kind, payload } of changes)
    if (acts.has(kind))
      for (const { id, length } of Y.decodeUpdate(payload).structs) written.add(id.client, id.clock, length, true)
  return (client, clock) => written.at(client, clock) !== undefined
}

/**
 * Facts in which those of the units `back` that stand where the text before had the same are what stood there: of a few
 * letters that come back Yjs knows no more than that the server wrote them. `kept` says for every unit which it was.
 */
export function returned(facts: readonly Fact[], back: readonly number[], kept: Int32Array): Fact[] {
  let at = 0
  const units = spread(facts).map((fact, unit, all) => {
    at = all[unit - 1] === fact ? at + 1 : 0
    return 'from' in fact ? { size: 1, from: fact.from + at } : { size: 1, person: fact.person }
  })
  const taken = new Set(units.flatMap(unit => ('from' in unit ? [unit.from] : [])))
  for (const unit of back) {
    const from = kept[unit] ?? -1
    if (from >= 0 && !taken.has(from)) units[unit] = { size: 1, from }
  }
  const found: Fact[] = []
  for (const unit of units) addFact(found, unit)
  return found
}

/** Adds a run behind others, to the last of them where it goes on with it. */
export function addFact(facts: Fact[], next: Fact) {
  const last = facts.at(-1)
  if (last && 'from' in last && 'from' in next && last.from + last.size === next.from) last.size += next.size
  else if (last && 'person' in last && 'person' in next && last.person === next.person) last.size += next.size
  else facts.push(next)
}
