import type { Awareness } from 'y-protocols/awareness'

/** Someone who is in the draft, as the server introduced them. */
export interface Present {
  id: string
  name: string
  firstName: string
  initials: string
  /** One of the eight hues of presence, or none where a checked colour is given. */
  hue: number | undefined
  colour: string | undefined
}

/** The person in an awareness state, or nothing where it holds none. Nothing in it is trusted to be of its type. */
export function personIn(state: unknown): Present | undefined {
  const user = field(state, 'user')
  const name = field(user, 'name')
  if (typeof name !== 'string' || name === '') return undefined
  const handle = field(user, 'handle')
  const [hue, colour] = [field(user, 'colour'), field(user, 'color')]
  const isHue = typeof hue === 'number' && Number.isInteger(hue) && hue >= 1 && hue <= 8
  return {
    id: typeof handle === 'string' ? handle : name,
    name,
    firstName: name.split(/\s+/u)[0] ?? name,
    initials: initialsOf(name),
    hue: isHue ? hue : undefined,
    colour: !isHue && typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : undefined,
  }
}

/** Where a person's caret is, as they told it; what is in it is not looked at. */
export function cursorIn(state: unknown): { anchor: object; head: object } | undefined {
  const cursor = field(state, 'cursor')
  const [anchor, head] = [field(cursor, 'anchor'), field(cursor, 'head')]
  const isPlace = (place: unknown): place is object => typeof place === 'object' && place !== null
  return isPlace(anchor) && isPlace(head) ? { anchor, head } : undefined
}

/** Everyone else who is here, each once, with the client that moved last. */
export function othersIn(
  awareness: Awareness,
): { person: Present; client: number; cursor: ReturnType<typeof cursorIn> }[] {
  const found = new Map<string, { person: Present; client: number; cursor: ReturnType<typeof cursorIn> }>()
  for (const [client, state] of awareness.getStates()) {
    const person = personIn(state)
    if (client === awareness.clientID || !person) continue
    const cursor = cursorIn(state)
    if (!found.has(person.id) || cursor) found.set(person.id, { person, client, cursor })
  }
  return [...found.values()]
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined

function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean)
  const letters = (words.length > 1 ? [words[0], words.at(-1)] : words).map(word => [...(word ?? '')][0] ?? '')
  return letters.join('').toLocaleUpperCase()
}
