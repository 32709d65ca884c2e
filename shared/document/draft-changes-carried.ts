import * as Y from 'yjs'
import { lastAtMost } from './draft-changes-atoms.ts'
import type { Hand } from './selecting-parts.ts'

/** Shorter words are found anywhere by chance, unless nothing else was written than what was taken away. */
const fewest = 2

interface Written {
  clock: number
  text: string
  hand: Hand
}

type Decoded = Pick<ReturnType<typeof Y.decodeUpdate>, 'structs' | 'ds'>

/** Letters that say again what others had written, which the same update took away. */
export interface Carried {
  client: number
  clock: number
  size: number
  hand: Hand
}

interface Carrier {
  read(update: Decoded, hand: Hand): Carried[]
  /** Told an update that says again what was written before, and whose that is. */
  remember(update: Decoded, handOf: (id: { client: number; clock: number }) => Hand | undefined): void
}

/**
 * Whoever parts or moves a line writes its words anew, and Yjs says that they are theirs. Told the updates of a log one
 * after the other, this finds the words of others among them.
 */
export function carrier(wasTaken: (id: { client: number; clock: number }) => boolean): Carrier {
  const written = new Map<number, { starts: number[]; texts: Written[] }>()

  function note(client: number, clock: number, text: string, hand: Hand, isBehind: boolean) {
    const known = written.get(client) ?? { starts: [], texts: [] }
    written.set(client, known)
    const last = known.texts.at(-1)
    const goesOn = last !== undefined && last.clock + last.text.length === clock
    if (last && goesOn && isBehind && last.hand.person === hand.person) last.text += text
    else if (!last || last.clock + last.text.length <= clock) {
      known.starts.push(clock)
      known.texts.push({ clock, text, hand })
    }
  }

  function takenFrom(client: number, from: number, end: number): { text: string; hand: Hand }[] {
    const known = written.get(client)
    if (!known) return []
    const found: { text: string; hand: Hand }[] = []
    for (let index = Math.max(0, lastAtMost(known.starts, from)); index < known.texts.length; index++) {
      const one = known.texts[index]
      if (!one || one.clock >= end) break
      const first = Math.max(from, one.clock)
      const text = one.text.slice(first - one.clock, Math.max(0, end - one.clock))
      // An update may say again what others have taken away long before.
      if (text !== '' && !wasTaken({ client, clock: first })) found.push({ text, hand: one.hand })
    }
    return found
  }

  function remember({ structs }: Decoded, handOf: (id: { client: number; clock: number }) => Hand | undefined) {
    for (const { client, clock, origin, text } of lettersIn(structs)) {
      let last = origin?.client === client && origin.clock === clock - 1 ? handOf(origin) : undefined
      for (let at = 0; at < text.length; at++) {
        const hand = handOf({ client, clock: clock + at })
        if (hand) note(client, clock + at, text[at] ?? '', hand, last?.person === hand.person && last.at === hand.at)
        last = hand
      }
    }
  }

  function read({ structs, ds }: Decoded, hand: Hand): Carried[] {
    const items = lettersIn(structs)
    const found: Carried[] = []
    if (items.length > 0 && ds.clients.size > 0) {
      const taken = [...ds.clients].flatMap(([client, spans]) =>
        spans.flatMap(({ clock, len }) => takenFrom(client, clock, clock + len)),
      )
      const gone = [...ds.clients.values()].flat().reduce((sum, { len }) => sum + len, 0)
      const others = taken.filter(one => one.hand.person !== hand.person)
      const isFree = (client: number, from: number, size: number) =>
        !found.some(one => one.client === client && one.clock < from + size && from < one.clock + one.size)
      for (const one of others.toSorted((a, b) => b.text.length - a.text.length))
        for (const { client, clock, text } of items) {
          const least = text.length > gone ? fewest : 1
          for (const { at, size } of piecesIn(text, one.text, least, (from, length) =>
            isFree(client, clock + from, length),
          ))
            found.push({ client, clock: clock + at, size, hand: one.hand })
        }
    }
    for (const { client, clock, origin, text } of items) {
      // Only letters that stand behind each other are one word, not all that were typed one after the other.
      const isBehind = origin?.client === client && origin.clock === clock - 1
      const inside = found
        .filter(one => one.client === client && one.clock >= clock && one.clock < clock + text.length)
        .toSorted((a, b) => a.clock - b.clock)
      let at = clock
      for (const one of [...inside, { clock: clock + text.length, size: 0, hand }]) {
        if (one.clock > at) note(client, at, text.slice(at - clock, one.clock - clock), hand, at > clock || isBehind)
        if (one.size > 0)
          note(client, one.clock, text.slice(one.clock - clock, one.clock - clock + one.size), one.hand, true)
        at = one.clock + one.size
      }
    }
    return found
  }

  return { read, remember }
}

const lettersIn = (structs: Decoded['structs']) =>
  structs.flatMap(struct =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString
      ? [{ client: struct.id.client, clock: struct.id.clock, origin: struct.origin, text: struct.content.str }]
      : [],
  )

/** Where the pieces of a word stand in a text: somebody may have written in the middle of it. */
function piecesIn(
  text: string,
  word: string,
  least: number,
  isFree: (at: number, size: number) => boolean,
): { at: number; size: number }[] {
  const found: { at: number; size: number }[] = []
  const placeOf = (part: string, from: number) => {
    for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1))
      if (isFree(at, part.length)) return at
    return -1
  }
  let next = 0
  for (let from = 0; from < word.length;) {
    let size = Math.min(least, word.length - from)
    let at = size < least ? -1 : placeOf(word.slice(from, from + size), next)
    if (at < 0) {
      from++
      continue
    }
    while (from + size < word.length) {
      const longer = placeOf(word.slice(from, from + size + 1), next)
      if (longer < 0) break
      at = longer
      size++
    }
    found.push({ at, size })
    next = at + size
    from += size
  }
  return found
}
