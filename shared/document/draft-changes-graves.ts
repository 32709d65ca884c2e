import type * as Y from 'yjs'
import { type AtomId, type AtomRun, eachAtom, placesIn } from './draft-changes-atoms.ts'

/** Finds before which atom of a live draft a letter stood that was taken out of it, as long as its text is still there. */
export function gravesIn(fragment: Y.XmlFragment): (id: AtomId) => number | undefined {
  const graves: AtomRun[] = []
  const before: number[] = []
  let atom = 0
  eachAtom(fragment, (run, isGone) => {
    if (!isGone) atom += run.size
    else {
      graves.push(run)
      for (let next = 0; next < run.size; next++) before.push(atom)
    }
  })
  const place = placesIn(graves)
  return id => before[(id && place(id)) ?? -1]
}
