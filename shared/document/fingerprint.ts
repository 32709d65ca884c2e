import type { Node } from 'prosemirror-model'

const fingerprints = new WeakMap<Node, string>()
const gramsOf = new WeakMap<Node, Int32Array>()

/** A string that two nodes share exactly if they are equal: content, attributes and marks. */
export function fingerprint(node: Node): string {
  const known = fingerprints.get(node)
  if (known !== undefined) return known
  const made = written(node)
  fingerprints.set(node, made)
  return made
}

function written(node: Node): string {
  const marks = node.marks.map(mark => `^${mark.type.name}${attributes(mark.attrs)}`).join('')
  if (node.isText) return `${told(node.text)}${marks}`
  return `(${node.type.name}${attributes(node.attrs)}${node.children.map(written).join('')})${marks}`
}

function attributes(attrs: Readonly<Record<string, unknown>>): string {
  let all = ''
  for (const name in attrs) all += `,${told(attrs[name])}`
  return all
}
// With its length before it no text can look like two of them.
function told(value: unknown): string {
  if (typeof value === 'string') return `${value.length}'${value}`
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

export const same = (a: Node, b: Node) => a === b || a.eq(b)

/** How much of a reader's attention a node has: used to choose which of two crossing blocks counts as the moved one. */
export const weight = (node: Node) => node.content.size + 1

/**
 * From 0 to 1: how alike two nodes of one type are, by the three-letter runs of their text (Dice's coefficient). Of short
 * texts a word put into the middle breaks most runs; there one that the other holds whole, in its order, counts by letters.
 */
export function similarity(a: Node, b: Node): number {
  if (a.type !== b.type) return 0
  if (a.isTextblock !== b.isTextblock) return 0
  if (a.isLeaf) return alikeAttributes(a, b)
  if (a.attrs['src'] && a.attrs['src'] === b.attrs['src']) return alikeAttributes(a, b)
  const [ours, theirs] = [grams(a), grams(b)]
  const sizes = ours.length + theirs.length
  if (sizes === 0) return a.type.name === 'figure' ? alikeAttributes(a, b) : 0
  if (2 * Math.min(ours.length, theirs.length) < alike * sizes) return 0
  const runs = (2 * shared(ours, theirs)) / sizes
  if (runs >= alike || sizes > 2 * short) return runs
  const [less, more] = ours.length < theirs.length ? [a, b] : [b, a]
  return isWithin(textOf(less), textOf(more))
    ? Math.max(runs, (2 * Math.min(ours.length, theirs.length)) / sizes)
    : runs
}

const short = 100

function isWithin(less: string, more: string): boolean {
  if (2 * less.length < more.length) return false
  let at = 0
  for (let next = 0; next < more.length && at < less.length; next++) if (less[at] === more[next]) at++
  return at === less.length
}

/** Nodes at least this alike are told as one that changed, others as one that went and one that came. */
export const alike = 0.3

function alikeAttributes(a: Node, b: Node): number {
  const names = Object.keys(a.attrs).filter(name => a.attrs[name] !== b.attrs[name])
  const telling = ['src', 'href', 'page', 'source', 'tex'].filter(name => name in a.attrs)
  // A picture that is still described in the same words shows the same thing.
  const isDescribed = Boolean(a.attrs['alt']) && a.attrs['alt'] === b.attrs['alt']
  if (!isDescribed && telling.some(name => names.includes(name))) return 0
  return 1 - names.length / (Object.keys(a.attrs).length + 1)
}

/** Beyond this many letters a block is recognised by its beginning; its end would only cost time. */
const enough = 4000

const textOf = (node: Node) => node.textBetween(0, node.content.size, ' ', '\ufffc')

/** Every three neighbouring letters as one number, in order of size. */
function grams(node: Node): Int32Array {
  const known = gramsOf.get(node)
  if (known) return known
  const text = textOf(node).slice(0, enough)
  const made = new Int32Array(text.length)
  let [before, last] = [10, 10]
  for (let at = 0; at < text.length; at++) {
    const here = text.charCodeAt(at)
    made[at] = (before * 961 + last) * 4099 + here
    before = last
    last = here
  }
  made.sort()
  gramsOf.set(node, made)
  return made
}

function shared(a: Int32Array, b: Int32Array): number {
  let [i, j, sum] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i] ?? 0, b[j] ?? 0]
    if (left === right) sum++
    if (left <= right) i++
    if (right <= left) j++
  }
  return sum
}
