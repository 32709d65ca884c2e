import { IndexeddbPersistence } from 'y-indexeddb'
import type { Doc } from 'yjs'

/** A browser that does not open its storage in this time (a private window, say) counts as one that has none. */
const patience = 3_000

export interface Device {
  /** Updates with this origin come from the device, not from the person. */
  origin: unknown
  /** Forgets this copy, on the device only. */
  forget(): Promise<void>
}

/**
 * Keeps a draft on the device, so that a closed tab keeps its words, and reads what is kept already. One copy for each
 * person, page and epoch: people who share a browser must not carry each other's words. Resolves to nothing where there
 * is no storage.
 */
export async function keepOnDevice(name: string, ydoc: Doc): Promise<Device | undefined> {
  if (typeof indexedDB === 'undefined' || !(await opens(name))) return undefined
  const persistence = new IndexeddbPersistence(name, ydoc)
  await persistence.whenSynced
  return { origin: persistence, forget: () => persistence.clearData() }
}

/** The persistence never says that it failed, so the storage is tried first. */
function opens(name: string): Promise<boolean> {
  return new Promise(resolve => {
    const late = setTimeout(() => resolve(false), patience)
    const answer = (isOpen: boolean) => {
      clearTimeout(late)
      resolve(isOpen)
    }
    try {
      const request = indexedDB.open(`${name}:trial`)
      request.onerror = () => answer(false)
      request.onsuccess = () => {
        request.result.close()
        indexedDB.deleteDatabase(`${name}:trial`)
        answer(true)
      }
    } catch {
      answer(false)
    }
  })
}
