import { stems } from './stem.ts'
import { words } from './words.ts'

/** What the index holds of a text: its folded words in order, then the stems of those that have one. */
export function indexed(text: string, language: string): string {
  const plain: string[] = []
  const roots = new Set<string>()
  for (const line of text.split('\n')) {
    const found = lineOf(line, language)
    if (found.plain) plain.push(found.plain)
    for (const root of found.roots) roots.add(root)
  }
  return [...plain, ...roots].join(' ')
}

interface Line {
  plain: string
  roots: string[]
}

/** Lines read lately, by language: a page is indexed anew with every revision, and most of it is as it was. */
const read = new Map<string, Line>()
const remembered = 2000

function lineOf(line: string, language: string): Line {
  const key = `${language}\0${line}`
  const known = read.get(key)
  if (known) return known
  const plain: string[] = []
  const roots: string[] = []
  for (const { word, pair } of words(line)) {
    plain.push(word)
    if (!pair) for (const stem of stems(word, language)) if (stem !== word) roots.push(stem)
  }
  const found = { plain: plain.join(' '), roots }
  if (read.size >= remembered) read.clear()
  if (line.length < 4000) read.set(key, found)
  return found
}

/** One thing a query asks for: any of these spellings, or (a quotation, a Chinese word) these words side by side. */
export interface Term {
  anyOf: string[]
  phrase: string[]
  /** Also words that begin so: the last word may still be being typed, and one Chinese character begins a pair. */
  begins: string | undefined
}

/** The longest query that is read, in characters, and the most terms. */
const longest = 300
const most = 24

/** Reads a query: words, and quotations in any language's marks. */
export function terms(query: string): Term[] {
  const found: Term[] = []
  const asked = query.slice(0, longest).toWellFormed()
  for (const { groups } of asked.matchAll(/["“”«»„](?<quoted>[^"“”«»„]+)["“”«»„]|(?<loose>[^"“”«»„]+)/gu)) {
    if (groups?.['quoted']) {
      const phrase = phraseOf(groups['quoted'])
      if (phrase.length > 0) found.push({ anyOf: [], phrase, begins: undefined })
    } else found.push(...looseTerms(groups?.['loose'] ?? ''))
  }
  const last = found.at(-1)
  if (last?.anyOf[0] && !/[\s"”»]$/u.test(asked)) last.begins = last.anyOf[0]
  return found.slice(0, most)
}

/** The words side by side; of Chinese pairs the last single character says nothing new. */
function phraseOf(text: string): string[] {
  const read = [...words(text)]
  return read.filter((word, index) => !endsRun(word, read[index - 1])).map(({ word }) => word)
}

type Read = ReturnType<typeof words> extends Generator<infer Word> ? Word : never
const endsRun = (word: Read, before: Read | undefined) =>
  word.pair && Array.from(word.word).length === 1 && before !== undefined && before.pair && before.end === word.end

function looseTerms(text: string): Term[] {
  const found: Term[] = []
  let run: Read[] = []
  const endRun = () => {
    const phrase = run.filter((word, index) => !endsRun(word, run[index - 1])).map(({ word }) => word)
    const [only] = phrase
    if (phrase.length === 1 && only !== undefined && Array.from(only).length === 1)
      found.push({ anyOf: [], phrase: [], begins: only })
    else if (phrase.length > 0) found.push({ anyOf: [], phrase, begins: undefined })
    run = []
  }
  for (const word of words(text)) {
    const before = run.at(-1)
    if (word.pair && (before === undefined || before.end > word.start)) run.push(word)
    else if (word.pair) {
      endRun()
      run.push(word)
    } else {
      endRun()
      found.push({ anyOf: [...new Set([word.word, ...stems(word.word)])], phrase: [], begins: undefined })
    }
  }
  endRun()
  return found
}
