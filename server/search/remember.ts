/**
 * The same function, remembering answers for short texts: words repeat, and folding or stemming each occurrence anew
 * took most of the time of a search. Forgets everything once it holds `most`.
 */
export function remembering<Answer>(work: (text: string) => Answer, most = 20_000): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return text => {
    if (text.length > 40) return work(text)
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const answer = work(text)
    known.set(text, answer)
    return answer
  }
}
