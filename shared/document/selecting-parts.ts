import type { Node } from 'prosemirror-model'

/** Who did something to a draft, and when; null where nobody did, or nobody knows. */
export interface Hand {
  person: string | null
  at: number | null
}

/** What is asked about a draft, atom by atom (`selecting-atoms.ts`): whose hand it was that changed it since the head. */
export interface Witness {
  /** Who put this atom of the draft there. */
  wrote(atom: number): Hand
  /** Whether it stood in the draft when the head was published. */
  isOld(atom: number): boolean
  /** Who took this atom of the head away. */
  took(atom: number): Hand
  /** Which atom of the draft it is to this day. */
  atomNow(atom: number): number | undefined
  /** Which atom of the draft says it to this day: itself, or what it became when its line was parted, moved or put back. */
  copyNow(atom: number): number | undefined
  /** Before which atom of the draft this atom of the head stood when it was taken away. */
  stoodBefore(atom: number): number | undefined
  /** Who set an attribute of the block that this atom of the draft is. */
  set(atom: number, name: string): Hand
  /** Who gave or took one of these marks, at this atom of the draft. */
  marked(atom: number, names: readonly string[]): Hand
  /** The only one who has written since the head, where there is only one. */
  readonly somebody: Hand
}

export type ChangeKind = 'words' | 'inserted' | 'removed' | 'moved' | 'restyled'

/** The smallest thing that can be picked: what was done in one place by the same hands. */
export interface Part {
  kind: ChangeKind
  hands: Hand[]
  /** The heading above it. */
  section: string
  before: string
  after: string
  /** Letters of the head between this and what the same hand wrote before, where all of it is one word. */
  between?: string
  /** The part that is the new block around it. */
  within: number | undefined
}

/** Parts as they are found, and which of them belong together. */
export class Parts {
  readonly all: Part[] = []
  readonly #roots: number[] = []
  section = ''
  within: number | undefined

  add(kind: ChangeKind, hands: readonly Hand[], text: { before?: string; after?: string } = {}): number {
    const { section, within } = this
    const part = { kind, hands: [], section, within, before: '', after: '', ...text }
    this.#roots.push(this.all.length)
    const index = this.all.push(part) - 1
    this.credit(index, hands)
    return index
  }

  /** Adds hands to a part; of what one person did more than once the first time counts. */
  credit(index: number, hands: readonly Hand[]) {
    const known = this.all[index]?.hands ?? []
    for (const { person, at } of hands) {
      const same = known.find(hand => hand.person === person)
      if (!same) known.push({ person, at })
      else if (at !== null && (same.at === null || at < same.at)) same.at = at
    }
  }

  rootOf(part: number): number {
    let root = part
    for (let next = this.#roots[root] ?? root; next !== root; next = this.#roots[root] ?? root) root = next
    return root
  }

  join(one: number, other: number) {
    const [a, b] = [this.rootOf(one), this.rootOf(other)]
    this.#roots[Math.max(a, b)] = Math.min(a, b)
  }
}

/** Hands that are the same people's. */
export const peopleIn = (hands: readonly Hand[]): string =>
  [...new Set(hands.map(({ person }) => person ?? ''))].toSorted().join('\n')

export const textOf = (nodes: readonly Node[]): string =>
  nodes
    .map(node =>
      node.isText ? node.text : node.isLeaf ? leafText(node) : node.textBetween(0, node.content.size, '\n', leafText),
    )
    .join('')

function leafText({ type, attrs }: Node): string {
  if (type.name === 'hard_break') return '\n'
  const said = ['alt', 'tex', 'label', 'title', 'handle', 'source', 'href', 'page'].map((name): unknown => attrs[name])
  return said.find(value => typeof value === 'string' && value !== '')?.toString() ?? ''
}
