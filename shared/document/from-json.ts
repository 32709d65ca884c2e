/** Documents that programs send. Nothing is coerced or dropped: what is not exactly a document is refused. */
import { Fragment, Mark, type MarkType, type Node, type NodeType } from 'prosemirror-model'
import { isSafeAddress, isSafeSource } from './addresses.ts'
import { normalise } from './canonical.ts'
import { schema } from './schema.ts'

/** Why a document was refused, and where in it, as in `content[3].attrs.level`. */
export class DocumentRefused extends Error {
  readonly code = 'document/invalid'
  readonly path: string

  constructor(path: string, message: string) {
    super(path ? `${path}: ${message}` : message)
    this.name = 'DocumentRefused'
    this.path = path
  }
}

export const documentLimits = { depth: 16, nodes: 200_000, characters: 5_000_000 }

/** The document that parsed JSON stands for, normalised; throws `DocumentRefused`. */
export function documentFromJson(value: unknown): Node {
  const read = nodeFrom(value, '', { depth: 0, spent: { nodes: 0, characters: 0 } })
  if (read.type !== schema.topNodeType) throw new DocumentRefused('type', 'a document begins with a node of type doc')
  return normalise(read)
}

interface Reading {
  depth: number
  spent: { nodes: number; characters: number }
}

function nodeFrom(value: unknown, path: string, { depth, spent }: Reading): Node {
  const json = record(value, path, ['type', 'attrs', 'content', 'marks', 'text'])
  if (depth > documentLimits.depth) throw new DocumentRefused(path, 'nested too deep')
  if (++spent.nodes > documentLimits.nodes) throw new DocumentRefused(path, 'too many nodes')
  const marks = list(json['marks'], `${path}.marks`).reduce<readonly Mark[]>(
    (set, mark, index) => markFrom(mark, within(path, `marks[${index}]`)).addToSet(set),
    Mark.none,
  )
  if (json['type'] === 'text') return textFrom(json, marks, path, spent)
  if ('text' in json) throw new DocumentRefused(within(path, 'text'), 'only text nodes have text')
  const type = named(schema.nodes, json['type'], within(path, 'type'))
  const attrs = attributesFrom(type, json['attrs'], within(path, 'attrs'))
  const children = list(json['content'], within(path, 'content')).map((child, index) =>
    nodeFrom(child, within(path, `content[${index}]`), { depth: depth + 1, spent }),
  )
  const content = Fragment.fromArray(children)
  if (!type.validContent(content))
    throw new DocumentRefused(
      within(path, 'content'),
      `${type.name} may not hold this; it takes ${type.spec.content ?? 'nothing'}`,
    )
  return type.create(attrs, content, marks)
}

function textFrom(json: Record<string, unknown>, marks: readonly Mark[], path: string, spent: Reading['spent']): Node {
  const { text } = json
  if ('attrs' in json || 'content' in json) throw new DocumentRefused(path, 'text has neither attributes nor content')
  if (typeof text !== 'string' || text === '')
    throw new DocumentRefused(within(path, 'text'), 'text is no empty string')
  checkCharacters(text, within(path, 'text'))
  spent.characters += text.length
  if (spent.characters > documentLimits.characters) throw new DocumentRefused(path, 'too much text')
  return schema.text(text, marks)
}

function markFrom(value: unknown, path: string): Mark {
  const json = record(value, path, ['type', 'attrs'])
  const type = named(schema.marks, json['type'], within(path, 'type'))
  return type.create(attributesFrom(type, json['attrs'], within(path, 'attrs')))
}

function attributesFrom(type: NodeType | MarkType, value: unknown, path: string): Record<string, unknown> {
  const specs = type.spec.attrs ?? {}
  const given = value === undefined || value === null ? {} : record(value, path, Object.keys(specs))
  for (const [name, attribute] of Object.entries(given)) {
    const at = within(path, name)
    const validate = specs[name]?.validate
    if (typeof attribute === 'string') checkCharacters(attribute, at)
    if (typeof validate === 'string' && !validate.split('|').includes(attribute === null ? 'null' : typeof attribute))
      throw new DocumentRefused(at, `must be ${validate.replace('|', ' or ')}`)
    if (typeof validate === 'function')
      try {
        validate(attribute)
      } catch (error) {
        throw new DocumentRefused(at, messageOf(error))
      }
    if (name === 'href' && !isSafeAddress(String(attribute)))
      throw new DocumentRefused(at, 'links may use http, https, mailto, tel, or a path')
    if (name === 'src' && !isSafeSource(String(attribute)))
      throw new DocumentRefused(at, 'files may be named by http, https, or a path')
  }
  return given
}

function checkCharacters(text: string, path: string) {
  if (text.includes('\0') || /\p{Surrogate}/u.test(text))
    throw new DocumentRefused(path, 'holds half a character or NUL')
  if (text.length > documentLimits.characters) throw new DocumentRefused(path, 'too much text')
}

const within = (path: string, step: string) => (path ? `${path}.${step}` : step)
const messageOf = (error: unknown) => (error instanceof Error ? error.message.slice(0, 300) : 'invalid')

function named<Type>(types: Record<string, Type>, name: unknown, path: string): Type {
  const type = typeof name === 'string' && Object.hasOwn(types, name) ? types[name] : undefined
  if (!type) throw new DocumentRefused(path, 'unknown type')
  return type
}

function list(value: unknown, path: string): unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new DocumentRefused(path, 'must be a list')
  return value
}

function record(value: unknown, path: string, allowed: string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DocumentRefused(path, 'must be an object')
  const unknown = Object.keys(value).find(key => !allowed.includes(key))
  if (unknown !== undefined) throw new DocumentRefused(within(path, unknown.slice(0, 60)), 'unknown field')
  return { ...value }
}
