import { words } from '../../shared/document/words.ts'

/** How many words one text has that the other has not, counting each as often as it stands. Moved words are neither. */
export function wordsChanged(before: string, after: string): { added: number; removed: number } {
  // Most lines of most edits are as they were, and telling words apart is slow.
  const counts = new Map<string, number>()
  for (const [line, times] of difference(before.split('\n'), after.split('\n')))
    for (const word of wordsOf(line)) counts.set(word, (counts.get(word) ?? 0) + times)
  let [added, removed] = [0, 0]
  for (const count of counts.values())
    if (count > 0) added += count
    else removed -= count
  return { added, removed }
}

/** How often each of them stands more in the second list than in the first; nothing where it is the same. */
function difference(before: readonly string[], after: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (item: string, by: number) => {
    const times = (counts.get(item) ?? 0) + by
    if (times === 0) counts.delete(item)
    else counts.set(item, times)
  }
  for (const item of after) count(item, 1)
  for (const item of before) count(item, -1)
  return counts
}

const wordsOf = (text: string) => words(text).filter(word => /[\p{L}\p{N}]/u.test(word))
