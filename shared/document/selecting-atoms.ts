/**
 * A document laid out as one row of atoms, in reading order: every node that is no text, then what is inside it, and
 * every UTF-16 unit of text. A live draft has an identity for each of them.
 */
import type { Node } from 'prosemirror-model'

/** So many atoms in a row, of the head, of the draft, or of neither where something had to be added to make it fit. */
export interface Run {
  side: 'head' | 'draft' | undefined
  from: number
  size: number
}

const sizes = new WeakMap<Node, number>()

/** How many atoms a node is, itself included; a document is none itself. */
export function atomsIn(node: Node): number {
  if (node.isText) return node.text?.length ?? 0
  const known = sizes.get(node)
  if (known !== undefined) return known
  const size = node.children.reduce((sum, child) => sum + atomsIn(child), own(node))
  sizes.set(node, size)
  return size
}

/** The first atom of each child. */
export function childAtoms(node: Node, at: number): number[] {
  let next = at + own(node)
  return node.children.map(child => (next += atomsIn(child)) - atomsIn(child))
}

/** For every unit inside a line, where an inline node counts once, its first atom; and one more for the end. */
export function unitAtoms(line: Node, at: number): number[] {
  const found: number[] = []
  for (const [index, first] of childAtoms(line, at).entries()) {
    const child = line.child(index)
    for (let unit = 0; unit < (child.isText ? atomsIn(child) : 1); unit++) found.push(first + unit)
  }
  return [...found, at + atomsIn(line)]
}

/** For every atom of a document which unit it is (`units.ts`); -1 for a block. */
export function unitsOfAtoms(document: Node): Int32Array {
  const units = new Int32Array(atomsIn(document)).fill(-1)
  let [atom, unit] = [0, 0]
  const walk = (node: Node) => {
    if (node.isText) for (const end = atom + atomsIn(node); atom < end;) units[atom++] = unit++
    else {
      if (node.isInline) units[atom] = unit++
      atom += own(node)
      node.children.forEach(walk)
    }
  }
  walk(document)
  return units
}

const own = (node: Node) => (node.type === node.type.schema.topNodeType ? 0 : 1)
