import type { ChangePicks, DraftChangeJson } from '../../../shared/drafts/taming.ts'

/** Which of the draft's changes are to be published. */
export type Which = { kind: 'all' } | { kind: 'mine' } | { kind: 'section'; section: string }

/** As the server is asked for it; nothing for all of them. */
export const picksOf = (which: Which): ChangePicks | undefined =>
  which.kind === 'all' ? undefined : which.kind === 'mine' ? 'mine' : { section: which.section }

/** The changes that are meant: of one's own not those in a new block of somebody else. */
export function chosenOf(changes: readonly DraftChangeJson[], which: Which): readonly DraftChangeJson[] {
  if (which.kind === 'all') return changes
  if (which.kind === 'section') return changes.filter(({ section }) => section === which.section)
  const byId = new Map(changes.map(change => [change.id, change]))
  const isMine = (change: DraftChangeJson | undefined): boolean =>
    change === undefined || (change.mine && (change.within === null || isMine(byId.get(change.within))))
  return changes.filter(isMine)
}

/** What the same people changed under one heading. */
export interface Line {
  section: string
  names: string[]
  added: number
  removed: number
}

export function linesOf(changes: readonly DraftChangeJson[]): Line[] {
  const lines = new Map<string, Line>()
  for (const { section, people, words } of changes) {
    const key = JSON.stringify([section, people.map(({ id }) => id)])
    const known = lines.get(key) ?? { section, names: people.map(({ name }) => name), added: 0, removed: 0 }
    lines.set(key, { ...known, added: known.added + words.added, removed: known.removed + words.removed })
  }
  return [...lines.values()]
}

/** Everyone whose words are new in these changes. */
export const creditedIn = (changes: readonly DraftChangeJson[]): string[] => [
  ...new Set(changes.filter(({ words }) => words.added > 0).flatMap(({ people }) => people.map(({ name }) => name))),
]
