import fc from 'fast-check'
import { Fragment, Mark, type Node } from 'prosemirror-model'
import { emptyDocument, type MarkName, type NodeName, schema } from '../../shared/document/schema.ts'

/** Any valid document: every node, mark and attribute occurs. Marks stand on text only, as in a live draft. */
export const anyDocument = (size = 8): fc.Arbitrary<Node> =>
  fc.array(anyBlock(), { minLength: 1, maxLength: size }).map(blocks => schema.node('doc', null, blocks))

/** A document and another that came from it by some edits. */
export const anyEdit = (size = 8): fc.Arbitrary<[Node, Node]> =>
  anyDocument(size).chain(from => edited(from).map((to): [Node, Node] => [from, to]))

/** What somebody may have made of a document: blocks removed, moved, inserted, words changed, attributes set. */
export const edited = (from: Node): fc.Arbitrary<Node> =>
  fc.array(anyOperation, { minLength: 1, maxLength: 4 }).map(operations => operations.reduce(perform, from))

export const wordsText = fc
  .array(fc.constantFrom(...'the oak is a very old tree 版权和维护 شجرة قديمة e\u0301té 👨‍👩‍👧 дерево , . x'.split(' ')), {
    minLength: 1,
    maxLength: 8,
  })
  .map(list => list.join(' '))

/** A document of plain paragraphs. */
export const paragraphs = (...texts: string[]): Node =>
  schema.node(
    'doc',
    null,
    texts.map(text => paragraph(text)),
  )

export const paragraph = (text: string, attrs: Record<string, unknown> = {}): Node =>
  schema.node('line', attrs, text === '' ? [] : [schema.text(text)])

const pick = <T>(...values: T[]) => fc.constantFrom(...values)
const placed = { indent: pick(0, 0, 0, 1, 2), quote: pick(0, 0, 0, 1), dir: pick(null, null, 'ltr', 'rtl') }

const lineAttrs = fc.record({
  kind: pick('paragraph', 'paragraph', 'heading', 'bullet', 'ordered', 'task'),
  level: pick(1, 2, 3),
  start: pick(null, null, 1, 5),
  checked: fc.boolean(),
  align: pick(null, null, 'center'),
  ...placed,
})

const anyMark: fc.Arbitrary<Mark> = fc.oneof(
  pick<MarkName>('strong', 'em', 'underline', 'strike', 'sub', 'sup', 'code').map(name => schema.mark(name)),
  pick('/p/1', 'https://example.org/').map(href => schema.mark('link', { href })),
  pick('ar', 'fr').map(lang => schema.mark('lang', { lang, dir: lang === 'ar' ? 'rtl' : null })),
)
const anyMarks = fc
  .array(anyMark, { maxLength: 2 })
  .map(marks => marks.reduce((set, mark) => mark.addToSet(set), Mark.none))
const markedText = fc.tuple(
  wordsText,
  fc.oneof({ weight: 3, arbitrary: pick(Mark.none) }, { weight: 1, arbitrary: anyMarks }),
)
const anyText = markedText.map(([text, marks]) => schema.text(text, marks))

const atoms = fc.oneof(
  pick(schema.node('hard_break'), schema.node('math_inline', { tex: 'x^2' })),
  pick('a.png', 'b.png').map(src => schema.node('image', { src, alt: 'a tree' })),
  pick('Oak', 'Elm').map(title => schema.node('page_link', { title })),
  pick('ada', 'bo').map(handle => schema.node('mention', { handle })),
  pick('book').map(source => schema.node('citation', { source })),
)
const phrase = fc.array(fc.oneof({ weight: 4, arbitrary: anyText }, { weight: 1, arbitrary: atoms }), { maxLength: 4 })
const footnote = phrase.map(inside => schema.node('footnote', null, Fragment.fromArray(inside)))
const inline = fc.array(
  fc.oneof({ weight: 6, arbitrary: anyText }, { weight: 1, arbitrary: atoms }, { weight: 1, arbitrary: footnote }),
  { maxLength: 5 },
)

const node = (name: NodeName, attrs: Record<string, unknown>, content: Node[]) =>
  schema.nodes[name].createChecked(attrs, Fragment.fromArray(content))

const plainText = fc.option(wordsText, { nil: '' }).map(text => (text === '' ? [] : [schema.text(text)]))
const line = fc.tuple(lineAttrs, inline).map(([attrs, content]) => node('line', attrs, content))
const leafBlock = fc.oneof(
  fc
    .tuple(fc.record({ language: pick('', 'js'), ...placed }), plainText)
    .map(([attrs, text]) => node('code_block', attrs, text)),
  fc.tuple(fc.record(placed), plainText).map(([attrs, text]) => node('math', attrs, text)),
  fc
    .tuple(
      fc.record({ medium: pick('image', 'video'), src: pick('', 'a.png'), width: pick(null, 50), ...placed }),
      phrase,
    )
    .map(([attrs, content]) => node('figure', attrs, content)),
  fc.record(placed).map(attrs => node('rule', attrs, [])),
  fc.record({ href: pick('https://example.org/'), title: wordsText, ...placed }).map(attrs => node('embed', attrs, [])),
)
const flow = fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: leafBlock })
const cell = fc
  .tuple(
    pick<NodeName>('cell', 'cell', 'header_cell'),
    pick(null, [80]),
    fc.array(flow, { minLength: 1, maxLength: 2 }),
  )
  .map(([name, colwidth, content]) => node(name, { colwidth }, content))
const table = fc.integer({ min: 1, max: 3 }).chain(columns =>
  fc
    .tuple(
      fc.record({ caption: pick('', 'Trees'), ...placed }),
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 3 }),
    )
    .map(([attrs, rows]) =>
      node(
        'table',
        attrs,
        rows.map(cells => node('row', {}, cells)),
      ),
    ),
)
const transclusion = pick('p1', 'p2').map(page => node('transclusion', { page }, []))
const content = fc.oneof(
  { weight: 6, arbitrary: flow },
  { weight: 1, arbitrary: table },
  { weight: 1, arbitrary: transclusion },
)
const wrapped = fc.oneof(
  fc
    .tuple(pick('note', 'tip'), fc.array(content, { minLength: 1, maxLength: 3 }))
    .map(([kind, blocks]) => node('callout', { kind }, blocks)),
  fc
    .tuple(fc.boolean(), line, fc.array(content, { maxLength: 2 }))
    .map(([open, first, rest]) => node('details', { open }, [first, ...rest])),
)

export const anyBlock = (): fc.Arbitrary<Node> =>
  fc.oneof({ weight: 8, arbitrary: content }, { weight: 1, arbitrary: wrapped })

type Operation = {
  kind: 'remove' | 'move' | 'insert' | 'word' | 'indent' | 'strong' | 'deep'
  at: number
  to: number
  block: Node
  text: string
}

const anyOperation: fc.Arbitrary<Operation> = fc.record({
  kind: pick<Operation['kind']>('remove', 'move', 'insert', 'word', 'word', 'word', 'indent', 'strong', 'deep'),
  at: fc.nat(1000),
  to: fc.nat(1000),
  block: anyBlock(),
  text: wordsText,
})

function perform(document: Node, operation: Operation): Node {
  const blocks = [...document.children]
  const at = operation.at % blocks.length
  const block = blocks[at]
  if (!block) return document
  if (operation.kind === 'remove') blocks.splice(at, 1)
  else if (operation.kind === 'move') blocks.splice(operation.to % blocks.length, 0, ...blocks.splice(at, 1))
  else if (operation.kind === 'insert') blocks.splice(at, 0, operation.block)
  else if (operation.kind === 'indent')
    blocks[at] = block.type.create({ ...block.attrs, indent: operation.to % 4 }, block.content)
  else if (operation.kind === 'deep') blocks[at] = deeper(block, operation)
  else blocks[at] = retyped(block, operation)
  return blocks.length > 0 ? schema.node('doc', null, blocks) : emptyDocument()
}

/** Changes or removes something inside a table, callout or details. */
function deeper(block: Node, operation: Operation): Node {
  if (block.inlineContent || block.childCount === 0) return retyped(block, operation)
  const index = operation.to % block.childCount
  const fewer = Fragment.fromArray(block.children.filter((_, at) => at !== index))
  if (operation.at % 3 === 0 && block.childCount > 1 && block.type.validContent(fewer)) return block.copy(fewer)
  const within = deeper(block.child(index), { ...operation, to: Math.floor(operation.to / 3) })
  return block.copy(block.content.replaceChild(index, within))
}

function retyped(block: Node, operation: Operation): Node {
  if (!block.isTextblock) return block
  if (operation.kind === 'strong' && block.type.spec.marks !== '') {
    const children = block.children.map(child =>
      child.isText ? child.mark(schema.mark('strong').addToSet(child.marks)) : child,
    )
    return block.copy(Fragment.fromArray(children))
  }
  const size = block.content.size
  const from = atBoundary(block, operation.to % (size + 1))
  const to = atBoundary(block, Math.min(size, from + (operation.at % 9)))
  const before = block.content.cut(0, from)
  const after = block.content.cut(Math.max(from, to))
  const changed = before.append(Fragment.from(schema.text(operation.text))).append(after)
  return block.type.validContent(changed) ? block.copy(changed) : block
}

/** The nearest place at or before that is neither inside a character nor inside an inline node. */
function atBoundary(block: Node, position: number): number {
  let start = 0
  for (const child of block.children) {
    if (position < start + child.nodeSize) {
      if (!child.isText) return start
      const code = child.text?.charCodeAt(position - start) ?? 0
      return code >= 0xdc00 && code <= 0xdfff ? position - 1 : position
    }
    start += child.nodeSize
  }
  return start
}
