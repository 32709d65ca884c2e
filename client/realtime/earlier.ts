import { readRoom } from '../../shared/realtime/room.ts'
import { connectDraft } from './connect.ts'
import type { DraftAddress, LiveDraft } from './draft.ts'
import { databasesNamed } from './database.ts'
import { copyName } from './copy.ts'

/**
 * Brings what this device kept of earlier epochs of a page to the rooms where it was written: the server hears it there
 * and takes it over. A copy is forgotten once the server has it; one that it does not hear stays for another time.
 * Answers with how to end all of it.
 */
export function bringEarlier(address: DraftAddress, onAside: () => void): () => void {
  const going = new Set<LiveDraft>()
  let isOver = false
  const bring = async () => {
    for (const room of await earlierRooms(address)) {
      if (isOver) return
      const draft = connectDraft({ ...address, room, signals: new EventTarget() })
      going.add(draft)
      const end = () => {
        if (going.delete(draft)) draft.destroy()
      }
      draft.onAside(onAside)
      draft.onMoved(end)
      // Whoever may not write now may later.
      draft.onSaving(({ kind }) => kind === 'readonly' && end())
    }
  }
  void bring()
  return () => {
    isOver = true
    for (const draft of going) draft.destroy()
    going.clear()
  }
}

async function earlierRooms({ room, personId }: DraftAddress): Promise<string[]> {
  const here = readRoom(room)
  if (!here) return []
  const names = await databasesNamed(copyName(personId, here.pageId))
  return names.flatMap(name => {
    const kept = name.slice(copyName(personId, '').length)
    const epoch = readRoom(kept)?.epoch
    return epoch !== undefined && epoch < here.epoch ? [kept] : []
  })
}
