import * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import { textsIn } from '../../support/drafts.ts'

/** Where a word stands: the item of its first letter, and whose keyboards its letters came from. */
interface Standing {
  item: string
  clients: ReadonlySet<number>
}

interface Word {
  author: string | null
  /** Everyone who has written it again, by splitting, moving, undoing or restoring, and how often that happened. */
  copiers: Set<string | null>
  copies: number
  isDeleted: boolean
}

/**
 * Every word that anybody typed, so that each can be traced to the end. No sign stands in two words: no comparison of
 * texts can take a part of one for a part of another.
 */
export class Words {
  readonly all = new Map<string, Word>()
  /** The Yjs clients that people wrote with; every other is the server's. */
  readonly #hands = new Set<number>()

  /** A word that was never typed before. */
  made(author: string | null): string {
    const word = String.fromCodePoint(0x4e00 + this.all.size, 0xac00 + this.all.size)
    this.all.set(word, { author, copiers: new Set(), copies: 0, isDeleted: false })
    return word
  }

  /** Notes what a change to a draft did to its words: what it took away somebody meant to delete. */
  during<Result>(ydoc: Y.Doc, by: string | null, act: () => Result): Result {
    this.#hands.add(ydoc.clientID)
    const known = new Set(this.all.keys())
    const before = wordsIn(ydoc)
    const result = act()
    const after = wordsIn(ydoc)
    for (const [word, standings] of before)
      if ((after.get(word)?.length ?? 0) < standings.length) this.require(word).isDeleted = true
    this.#noteCopies(before, after, by, known)
    return result
  }

  /** The same for a change that the server made, of which only these words may be missing afterwards. */
  sawServerChange(
    before: ReturnType<typeof wordsIn>,
    after: ReturnType<typeof wordsIn>,
    by: string | null,
    mayGo: (word: string) => boolean,
  ) {
    for (const [word, standings] of before)
      if ((after.get(word)?.length ?? 0) < standings.length && mayGo(word)) this.require(word).isDeleted = true
    this.#noteCopies(before, after, by, new Set(this.all.keys()))
  }

  /** Notes what the server wrote again for whoever typed it, because the line that it was typed in had gone elsewhere. */
  sawCarried(before: ReturnType<typeof wordsIn>, after: ReturnType<typeof wordsIn>, by: string | null) {
    const carried = [...after].map(([word, standings]): [string, Standing[]] => [
      word,
      standings.filter(({ clients }) => [...clients].every(client => !this.#hands.has(client))),
    ])
    this.#noteCopies(before, new Map(carried), by, new Set(this.all.keys()))
  }

  require(word: string): Word {
    const known = this.all.get(word)
    if (!known) throw new Error(`nobody typed “${word}”`)
    return known
  }

  #noteCopies(
    before: ReturnType<typeof wordsIn>,
    after: ReturnType<typeof wordsIn>,
    by: string | null,
    known: ReadonlySet<string>,
  ) {
    for (const [word, standings] of after) {
      const items = new Set(before.get(word)?.map(({ item }) => item))
      for (const { item } of standings) {
        if (items.has(item) || !known.has(word)) continue
        const copied = this.require(word)
        copied.copiers.add(by)
        copied.copies++
      }
    }
  }
}

const word = /[\u4e00-\u9fff][\uac00-\ud7a3]/g

/** The words of a draft and where each stands; what is left of torn ones is listed under the empty word. */
export function wordsIn(ydoc: Y.Doc): Map<string, Standing[]> {
  const found = new Map<string, Standing[]>()
  const add = (name: string, standing: Standing) => found.set(name, [...(found.get(name) ?? []), standing])
  for (const text of textsIn(fragmentOf(ydoc))) {
    const letters: { id: Y.ID; letter: string }[] = []
    for (let item = text._start; item; item = item.right)
      if (!item.deleted && item.content instanceof Y.ContentString)
        for (const [at, letter] of [...item.content.str].entries())
          letters.push({ id: Y.createID(item.id.client, item.id.clock + at), letter })
    const whole = letters.map(({ letter }) => letter).join('')
    for (const match of whole.matchAll(word)) {
      const own = letters.slice(match.index, match.index + match[0].length)
      const first = own[0]
      if (first) add(match[0], { item: `${first.id.client}:${first.id.clock}`, clients: clientsOf(own) })
    }
    const rest = whole.replaceAll(word, '')
    if (rest !== '') add('', { item: rest, clients: clientsOf(letters) })
  }
  return found
}

const clientsOf = (letters: readonly { id: Y.ID }[]) => new Set(letters.map(({ id }) => id.client))

/** Places in a text between two words, where a person who types does not tear one apart. */
export function gapsIn(text: string): number[] {
  const gaps = [0]
  for (let at = 1; at <= text.length; at++) if ((text[at - 1] ?? '') >= '\uac00') gaps.push(at)
  return gaps
}
