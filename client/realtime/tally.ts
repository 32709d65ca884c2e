import type * as Y from 'yjs'

/**
 * Counts edits, and what a person would call a change: everything done to one block of the text before going on to
 * another. It needs no clock, so the same keys always make the same number.
 */
export class Tally {
  readonly #root: Y.XmlFragment
  #edits = 0
  #changes = 0
  /** The last edit of each change that is not settled, oldest first. */
  #ends: number[] = []
  #places = new Set<unknown>()

  constructor(root: Y.XmlFragment) {
    this.#root = root
  }

  /** How many edits there have been; a number for how far things have come. */
  get edits() {
    return this.#edits
  }

  get changes() {
    return this.#changes
  }

  /** Takes in changes of an earlier visit. */
  find(changes: number) {
    if (changes === 0) return
    this.#edits++
    this.#changes += changes
    this.#places = new Set()
    for (let found = 0; found < changes; found++) this.#ends.push(this.#edits)
  }

  add(transaction: Y.Transaction) {
    const isAcross = [...transaction.changed.keys()].some(type => type._item === null)
    const places = this.#placesOf(transaction, isAcross)
    const goesOn = !isAcross && this.#places.size > 0 && [...places].every(place => this.#places.has(place))
    this.#edits++
    if (!goesOn) {
      this.#changes++
      this.#places = places
    }
    if (goesOn && this.#ends.length > 0) this.#ends[this.#ends.length - 1] = this.#edits
    else this.#ends.push(this.#edits)
  }

  /** What comes next is another change, if everything before is settled: it will come by other ways. */
  pause(edit: number) {
    if (this.after(edit) === 0) this.#places = new Set()
  }

  /** The changes that an edit after this one belongs to. */
  after(edit: number): number {
    return this.#ends.filter(end => end > edit).length
  }

  /** Nothing up to this edit will be asked about again. */
  settle(edit: number) {
    this.#ends = this.#ends.filter(end => end > edit)
  }

  /** The blocks that a transaction touched or made. */
  #placesOf(transaction: Y.Transaction, isAcross: boolean): Set<unknown> {
    const places = new Set<unknown>()
    for (const type of transaction.changed.keys()) {
      const place = blockOf(type)
      if (place) places.add(place)
    }
    if (!isAcross) return places
    for (const member of this.#root.toArray()) {
      const id = member instanceof Object ? member._item?.id : undefined
      if (id && id.clock >= (transaction.beforeState.get(id.client) ?? 0)) places.add(member)
    }
    return places
  }
}

/** The block of the page in which something stands; nothing for the page itself. */
function blockOf(type: Pick<Y.AbstractType<unknown>, 'parent'>): unknown {
  let at = type
  while (at.parent?.parent) at = at.parent
  return at.parent ? at : undefined
}
