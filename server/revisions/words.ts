import { words } from '../../shared/document/words.ts'

/** How many words one text has that the other has not, counting each as often as it stands. Moved words are neither. */
export function wordsChanged(before: string, after: string): { added: number; removed: number } {
  if (before === after) return { added: 0, removed: 0 }
  const counts = new Map<string, number>()
  for (const word of wordsOf(after)) counts.set(word, (counts.get(word) ?? 0) + 1)
  for (const word of wordsOf(before)) counts.set(word, (counts.get(word) ?? 0) - 1)
  let [added, removed] = [0, 0]
  for (const count of counts.values())
    if (count > 0) added += count
    else removed -= count
  return { added, removed }
}

const wordsOf = (text: string) => words(text).filter(word => /[\p{L}\p{N}]/u.test(word))
