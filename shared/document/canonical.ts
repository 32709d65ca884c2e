/**
 * One text for one content. Two documents that a reader cannot tell apart have the same canonical JSON: keys sorted,
 * defaults and attributes without meaning left out, runs of text joined, marks in the order of the schema.
 */
import { Fragment, Mark, Node, type NodeType } from 'prosemirror-model'
import { schema } from './schema.ts'
import { numbering } from './structure.ts'

/** The text whose SHA-256 is the identity of a content. */
export const canonical = (doc: Node): string => written(normalise(doc))

/** The document a canonical text stands for. */
export function fromCanonical(json: string): Node {
  const doc = Node.fromJSON(schema, JSON.parse(json))
  doc.check()
  return doc
}

/** The same document without what means nothing: it is equal to every other document that shows the same. */
export function normalise(node: Node): Node {
  if (node.isText) return withOrderedMarks(node)
  const content = normalisedContent(node)
  const attrs = meaningful(node)
  const same = content === node.content && attrs === node.attrs
  return withOrderedMarks(same ? node : node.type.create(attrs, content, node.marks))
}

function normalisedContent(node: Node): Fragment {
  if (node.childCount === 0) return node.content
  const counted = node.children.some(child => child.attrs['kind'] === 'ordered' && child.attrs['start'] !== null)
  const numbers = counted ? numbering(node) : undefined
  let changed = false
  let previous: Node | undefined
  const children = node.children.map((child, index) => {
    const sayable = numbers?.get(index)?.restarts === false && child.attrs['start'] !== null
    const next = normalise(sayable ? child.type.create({ ...child.attrs, start: null }, child.content) : child)
    if (next !== child || (previous?.isText && next.isText && Mark.sameSet(previous.marks, next.marks))) changed = true
    previous = next
    return next
  })
  return changed ? Fragment.fromArray(children) : node.content
}

/** The attributes, those that mean nothing for this kind set back to their defaults. */
function meaningful(node: Node): Node['attrs'] {
  const { type } = node
  const attrs: Record<string, unknown> = node.attrs
  if (type === schema.nodes.line) {
    const { kind } = attrs
    const level = kind === 'heading' ? attrs['level'] : 2
    const start = kind === 'ordered' ? attrs['start'] : null
    const checked = kind === 'task' ? attrs['checked'] : false
    if (level === attrs['level'] && start === attrs['start'] && checked === attrs['checked']) return attrs
    return { ...attrs, level, start, checked }
  }
  if (type === schema.nodes.figure) {
    const decorative = attrs['medium'] === 'image' && attrs['decorative'] === true
    const alt = decorative ? '' : attrs['alt']
    return decorative === attrs['decorative'] && alt === attrs['alt'] ? attrs : { ...attrs, decorative, alt }
  }
  return attrs
}

function withOrderedMarks(node: Node): Node {
  if (node.marks.length < 2) return node
  const marks = node.marks.reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), Mark.none)
  return Mark.sameSet(marks, node.marks) ? node : node.mark(marks)
}

const attributeNames = new Map<string, readonly string[]>()
const sortedNames = (type: NodeType | Mark['type'], attrs: Record<string, unknown>) => {
  const key = `${type instanceof Object && 'rank' in type ? 'mark' : 'node'} ${type.name}`
  let names = attributeNames.get(key)
  if (!names) attributeNames.set(key, (names = Object.keys(attrs).sort()))
  return names
}

function writtenAttributes(type: NodeType | Mark['type'], attrs: Record<string, unknown>): string {
  let out = ''
  for (const name of sortedNames(type, attrs)) {
    const value = attrs[name]
    if (value === null || value === undefined || value === type.spec.attrs?.[name]?.default) continue
    out += `${out ? ',' : ''}"${name}":${JSON.stringify(value)}`
  }
  return out ? `"attrs":{${out}},` : ''
}

function written(node: Node): string {
  let out = `{${writtenAttributes(node.type, node.attrs)}`
  if (node.childCount > 0) out += `"content":[${node.children.map(written).join(',')}],`
  if (node.marks.length > 0) out += `"marks":[${node.marks.map(writtenMark).join(',')}],`
  if (node.isText) out += `"text":${JSON.stringify(node.text ?? '')},`
  return `${out}"type":"${node.type.name}"}`
}

const writtenMark = (mark: Mark) => `{${writtenAttributes(mark.type, mark.attrs)}"type":"${mark.type.name}"}`
