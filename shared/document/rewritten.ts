import * as Y from 'yjs'
import { addedIn, isNewIn, type Letter, lettersOf, removedIn } from './letters.ts'

/** Letters of one text that a transaction has removed, each with the copy that it has written elsewhere. */
export interface Rewritten {
  text: Y.XmlText
  /** What stood in the text before, in its order. */
  letters: Letter[]
  copies: Map<Letter, Y.ID>
  /** Everything behind the first of them went along, as with Enter: what is left there came from others. */
  isRest: boolean
}

/** Hundreds of lines put somewhere else at once are not compared with each other. */
const mostCompared = 40_000

/**
 * What a transaction has written anew: words of a line that was wrapped or moved, the second half of one that was split,
 * a line that was joined to another. To be asked inside the transaction, while removed letters are still known; `isSeen`
 * tells whether whoever made it meant to remove a letter, or did not know it.
 */
export function rewrittenIn(
  transaction: Y.Transaction,
  clients: Iterable<number>,
  isSeen: (id: Y.ID) => boolean,
  /** What is seen may be long ago: it is all that was ever removed. */
  isAnswer: boolean,
): Rewritten[] {
  const written = textsWritten(transaction, clients)
  if (written.length === 0) return []
  const texts = textsCut(transaction)
  if (texts.length * written.length > mostCompared) return []
  const found: Rewritten[] = []
  const removed = removedIn(transaction)
  // Of letters that somebody else had removed before, whoever wrote them anew had not heard.
  const wasThere = ({ id, text, isGone }: Letter) =>
    !isNewIn(transaction, id) && (text === undefined ? !isAnswer && isSeen(id) : !isGone || Y.isDeleted(removed, id))
  for (const text of texts) {
    const letters = lettersOf(text).filter(wasThere)
    const cut = letters.filter(({ id, isGone }) => isGone && isSeen(id))
    const others = written.filter(one => one.text !== text)
    const match = cut.length > 0 ? bestMatch(cut, others) : undefined
    if (!match || !isSure(cut.slice(match.from, match.from + match.length))) continue
    const copies = new Map<Letter, Y.ID>()
    for (let at = 0; at < match.length; at++) {
      const [letter, copy] = [cut[match.from + at], match.into.letters[match.to + at]]
      if (letter && copy) copies.set(letter, copy.id)
    }
    match.into.letters.splice(match.to, match.length)
    found.push({ text, letters, copies, isRest: isRestOf(transaction, text, match.into.text) })
  }
  return found
}

/** Of letters that are forgotten nobody can tell what they were: without others beside them they would match anything. */
function isSure(letters: readonly Letter[]): boolean {
  const known = letters.filter(({ text }) => text !== undefined).length
  return known === letters.length || known >= leastKnown
}
const leastKnown = 4

/** The texts that lost letters, in the order of the page. */
function textsCut(transaction: Y.Transaction): Y.XmlText[] {
  const texts = new Set<Y.XmlText>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, struct => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return
    if (struct.parent instanceof Y.XmlText && !isNewIn(transaction, struct.id)) texts.add(struct.parent)
  })
  return [...texts].toSorted((a, b) => compare(pathOf(a), pathOf(b)))
}

interface Written {
  text: Y.XmlText
  letters: Letter[]
}

function textsWritten(transaction: Y.Transaction, clients: Iterable<number>): Written[] {
  const texts = new Set<Y.XmlText>()
  for (const item of addedIn(transaction, clients))
    if (!item.deleted && item.content instanceof Y.ContentString && item.parent instanceof Y.XmlText)
      texts.add(item.parent)
  return [...texts]
    .map(text => ({
      text,
      letters: lettersOf(text)
        .filter(({ id, isGone }) => !isGone && isNewIn(transaction, id))
        // A line is written anew in one go: what was typed in the middle of it since comes behind.
        .toSorted((a, b) => a.id.client - b.id.client || a.id.clock - b.id.clock),
    }))
    .toSorted((a, b) => compare(pathOf(a.text), pathOf(b.text)))
}

interface Match {
  into: Written
  from: number
  to: number
  length: number
}

/** Where the letters were written again: all of them, or so many as were not removed for good. */
function bestMatch(cut: readonly Letter[], written: readonly Written[]): Match | undefined {
  let best: Match | undefined
  for (const into of written) {
    const length = Math.min(cut.length, into.letters.length)
    if (length <= (best?.length ?? 0)) continue
    const to = placeIn(into.letters, cut)
    const from = to < 0 ? placeIn(cut, into.letters) : 0
    if (from >= 0) best = { into, from, to: Math.max(0, to), length }
    if (cut.length === length && into.letters.length === length && from >= 0) return best
  }
  return best
}

/** Where some letters stand among others; a forgotten one may have been any. */
function placeIn(letters: readonly Letter[], wanted: readonly Letter[]): number {
  const isAt = (from: number) =>
    wanted.every(({ text }, at) => {
      const other = letters[from + at]?.text
      return text === undefined || other === undefined || text === other
    })
  // What is written anew is the whole of it, or its end.
  const least = letters.length - wanted.length
  for (let from = least; from >= 0; from--) if (isAt(from)) return from
  return -1
}

/** Enter and whatever is put into the middle of a line leave the text alive, and write its end anew just behind it. */
function isRestOf(transaction: Y.Transaction, text: Y.XmlText, into: Y.XmlText): boolean {
  const [item, copy] = [text._item, into._item]
  if (!item || item.deleted || !copy || !isNewIn(transaction, copy.id)) return false
  if (item.parent === copy.parent) return true
  const [line, next] = [parentOf(item), parentOf(copy)]
  return next !== undefined && isNewIn(transaction, next.id) && line?.next === next
}

const parentOf = ({ parent }: Y.Item) => (parent instanceof Y.AbstractType ? (parent._item ?? undefined) : undefined)

/** How many items stand before a text and before what it stands in, from the page inwards. */
function pathOf(text: Y.XmlText): number[] {
  const path: number[] = []
  for (let item: Y.Item | undefined = text._item ?? undefined; item; item = parentOf(item)) {
    let before = 0
    for (let left = item.left; left; left = left.left) before++
    path.unshift(before)
  }
  return path
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, step] of a.entries()) if (step !== b[at]) return step - (b[at] ?? -1)
  return a.length - b.length
}
