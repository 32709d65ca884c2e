/** Documents as people and programs might make them; `sayable` ones hold only what Markdown can say. */
import fc from 'fast-check'
import { Fragment, Mark, type Node } from 'prosemirror-model'
import { deepest } from '../../../shared/document/attributes.ts'
import { normalise } from '../../../shared/document/canonical.ts'
import { schema } from '../../../shared/document/schema.ts'

const pieces = [
  'word',
  'wörter',
  'سلام',
  '版权',
  'мир',
  'e\u0301',
  '👩‍👩‍👧',
  ' ',
  '  ',
  '.',
  ',',
  '*',
  '**',
  '_',
  '__',
  'snake_case',
  '~',
  '~~',
  '`',
  '``',
  '[',
  ']',
  '[[',
  ']]',
  '(',
  ')',
  '<',
  '>',
  '<b>',
  '</b>',
  '<!--',
  '&',
  '&amp;',
  '&#32;',
  '!',
  '![',
  '#',
  '# ',
  '1.',
  '1. ',
  '2) ',
  '- ',
  '-',
  '---',
  '+ ',
  '=',
  '===',
  '|',
  '| a |',
  ':--',
  '\\',
  '\\\\',
  '{',
  '{{',
  '}}',
  '{{ a_b | c }}',
  '{% x %}',
  '{: .y}',
  ':::',
  '::: note',
  '^',
  '[^1]',
  '$',
  '$`',
  '"',
  "'",
  'https://a.b/c_d_',
  'http://x',
  'a@b.co',
  'www.x.org',
  '@ada',
  '\t',
  '\u00a0',
  '（',
  '）',
  '。',
  '“',
  '”',
  '\u200f',
  '\u2028',
  'x',
  '0',
  '؟',
  '~~~',
  '[!NOTE]',
  '[x]',
  'mailto:a',
]
const text = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map(parts => parts.join('')),
    },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }) },
  )
  .map(value => value.replace(/[\0\r\n]|\p{Surrogate}/gu, '') || 'x')
/** Attributes of links and pictures: no outer blanks, no control characters. */
const attribute = text.map(value => value.replace(/\p{Cc}/gu, '').trim() || 'x')
const address = fc.constantFrom(
  'https://a.b/c?d=e&f=g',
  '/wiki/x',
  '#part',
  'a b(c).md',
  '/p/0190-ab',
  'mailto:a@b.c',
  '../up/#x',
  'https://x.y/(z)',
  'tel:+1',
  'https://x.y/a_b_c',
  '/x\\y<z>',
  'https://é.fr/&amp;',
)

const mark = fc.oneof(
  fc.constantFrom('strong', 'em', 'underline', 'strike', 'sub', 'sup', 'code').map(name => schema.mark(name)),
  fc.record({ href: address, title: fc.oneof(fc.constant(''), attribute) }).map(attrs => schema.mark('link', attrs)),
  fc
    .record({ lang: fc.constantFrom('fr', 'ar', 'zh-Hans'), dir: fc.constantFrom(null, 'ltr', 'rtl') })
    .map(attrs => schema.mark('lang', attrs)),
)
const marks = fc
  .array(mark, { maxLength: 3 })
  .map(all => all.reduce<readonly Mark[]>((set, one) => one.addToSet(set), Mark.none))

const sayableMarks = (given: readonly Mark[], names: string[]) => given.filter(({ type }) => !names.includes(type.name))
const title = attribute.map(value => value.replace(/[[\]|\\\n]/g, '').trim() || 'T')

const words = fc.record({ text, marks }).map(made => {
  const hasCode = made.marks.some(({ type }) => type.name === 'code')
  return schema.text(hasCode ? made.text.replace(/\s+/g, ' ').replace(/^ +$/, 'x') : made.text, made.marks)
})
const phraseAtom = fc.oneof(
  fc.constant(schema.node('hard_break')),
  fc
    .record({
      src: address,
      alt: attribute,
      title: fc.oneof(fc.constant(''), attribute),
      href: fc.oneof(fc.constant(''), address),
    })
    .filter(({ src }) => !/^(?:mailto|tel):/.test(src))
    .map(attrs => schema.node('image', attrs)),
  attribute.map(tex => schema.node('math_inline', { tex: tex.replace(/[`$]/g, '') || 'x' })),
  fc.record({ title, label: fc.oneof(fc.constant(''), title) }).map(attrs => schema.node('page_link', attrs)),
  fc.constant(schema.node('page_link', { page: '0190-ab' })),
  fc.constantFrom('ada', 'nour').map(handle => schema.node('mention', { handle })),
  fc
    .record({
      source: attribute,
      locator: fc.oneof(fc.constant(''), attribute),
      label: fc.constantFrom('', 'Label', 'a *b*'),
    })
    .map(attrs => schema.node('citation', attrs)),
)
const atom = fc
  .record({ node: phraseAtom, marks })
  .map(made =>
    made.node.mark(
      sayableMarks(made.marks, [
        'code',
        ...(['page_link', 'mention', 'image'].includes(made.node.type.name) ? ['link'] : []),
      ]),
    ),
  )
const phrase = fc.array(fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: atom }), {
  minLength: 1,
  maxLength: 5,
})
const footnote = fc
  .record({ content: phrase, marks })
  .map(made => schema.node('footnote', null, trimmed(made.content), sayableMarks(made.marks, ['code', 'link'])))
const inline = fc
  .array(
    fc.oneof({ weight: 8, arbitrary: words }, { weight: 2, arbitrary: atom }, { weight: 1, arbitrary: footnote }),
    { minLength: 1, maxLength: 6 },
  )
  .map(trimmed)

/** A line of one picture or one break reads as something else, which the table of losses says. */
function trimmed(nodes: Node[]): Node[] {
  return nodes.length === 1 && ['hard_break', 'image'].includes(nodes[0]?.type.name ?? '')
    ? [schema.text('w'), ...nodes]
    : nodes
}

const line = fc
  .record({
    kind: fc.constantFrom('paragraph', 'paragraph', 'heading', 'bullet', 'ordered', 'task'),
    level: fc.integer({ min: 1, max: 6 }),
    start: fc.constantFrom(null, null, 0, 1, 7),
    checked: fc.boolean(),
    content: inline,
    empty: fc.boolean(),
  })
  .map(({ content, empty, ...attrs }) =>
    schema.node('line', attrs, empty && (attrs.kind === 'bullet' || attrs.kind === 'ordered') ? [] : content),
  )
const codeText = fc
  .array(fc.oneof(text, fc.constantFrom('\n', '\n\n', '    ', '```', '~~~~', '> ')), { maxLength: 5 })
  .map(parts => parts.join(''))
const code = fc
  .record({ language: fc.constantFrom('', 'js', 'html', '{r, echo=FALSE}', 'a`b'), text: codeText })
  .map(made => schema.node('code_block', { language: made.language }, made.text ? [schema.text(made.text)] : []))
const math = codeText.map(tex => schema.node('math', null, tex ? [schema.text(tex)] : []))
const figure = fc
  .record({
    src: address.filter(src => !/^(?:mailto|tel|\/p\/)/.test(src)),
    alt: fc.oneof(fc.constant(''), attribute),
    caption: fc.oneof(fc.constant(''), attribute),
  })
  .map(({ caption, ...attrs }) =>
    schema.node('figure', attrs, caption && caption !== attrs.alt ? [schema.text(caption)] : []),
  )
const transclusion = fc
  .record({
    page: fc.constant('0190-ab'),
    section: fc.constantFrom('', 'part', 'جزء'),
    revision: fc.constantFrom(null, 4),
  })
  .map(attrs => schema.node('transclusion', attrs))
const table = fc
  .record({
    columns: fc.integer({ min: 1, max: 3 }),
    rows: fc.integer({ min: 1, max: 3 }),
    head: fc.boolean(),
    contents: fc.array(inline, { minLength: 9, maxLength: 9 }),
    aligns: fc.array(fc.constantFrom(null, 'start', 'center', 'end'), { minLength: 3, maxLength: 3 }),
  })
  .map(({ columns, rows, head, contents, aligns }) =>
    schema.node(
      'table',
      null,
      Array.from({ length: rows }, (_, row) =>
        schema.node(
          'row',
          null,
          Array.from({ length: columns }, (__, column) =>
            schema.node(
              head && row === 0 ? 'header_cell' : 'cell',
              { align: aligns[column] },
              schema.node('line', null, contents[row * 3 + column]),
            ),
          ),
        ),
      ),
    ),
  )
const rule = fc.constant(schema.node('rule'))

const flat = fc.oneof({ weight: 8, arbitrary: line }, code, math, figure, transclusion, table, rule)
const placed = (blocks: fc.Arbitrary<Node>) =>
  fc
    .array(
      fc.record({ block: blocks, indent: fc.integer({ min: 0, max: 3 }), quote: fc.constantFrom(0, 0, 0, 1, 2) }),
      { minLength: 1, maxLength: 7 },
    )
    .map(all => place(all))

/** Indents as items explain them; no paragraph or figure straight under an empty item. */
function place(all: { block: Node; indent: number; quote: number }[]): Node[] {
  const open: { indent: number; quote: number; empty: boolean }[] = []
  return all.map(({ block, indent, quote }) => {
    while (open.length > 0 && (open.length > indent || (open.at(-1)?.quote ?? 0) > quote)) open.pop()
    const parent = open.at(-1)
    const atHome = Math.min(open.length, deepest)
    const isItem = ['bullet', 'ordered', 'task'].includes(String(block.attrs['kind']))
    const plain = ['figure', 'transclusion'].includes(block.type.name) || block.attrs['kind'] === 'paragraph'
    const needsWords = parent?.empty === true && plain && quote === parent.quote
    if (parent) parent.empty = false
    if (isItem) open.push({ indent: atHome, quote, empty: block.childCount === 0 })
    const placedBlock = needsWords ? schema.node('line', { kind: 'heading' }, [schema.text('h')]) : block
    return placedBlock.type.create({ ...placedBlock.attrs, indent: atHome, quote }, placedBlock.content)
  })
}

const callout = fc
  .record({ kind: fc.constantFrom('note', 'tip', 'important', 'warning', 'caution'), content: placed(flat) })
  .map(made => schema.node('callout', { kind: made.kind }, made.content))
const details = fc
  .record({ open: fc.boolean(), summary: inline, content: placed(flat) })
  .map(made => schema.node('details', { open: made.open }, [schema.node('line', null, made.summary), ...made.content]))

/** Documents that Markdown can say. */
export const sayable = placed(fc.oneof({ weight: 12, arbitrary: flat }, callout, details)).map(content =>
  normalise(schema.node('doc', null, content)),
)

/** The same with nothing but words where blanks were: HTML joins blanks, so only these come back from it unchanged. */
export const withoutBlanks = sayable.map(doc => normalise(unblanked(doc)))

function unblanked(node: Node): Node {
  if (node.isText) return schema.text((node.text ?? '').replace(/[ \t\n\r\f]+/g, '.'), node.marks)
  if (node.type === schema.nodes.code_block || node.type === schema.nodes.math) return node
  return node.type.create(node.attrs, Fragment.fromArray(node.children.map(unblanked)), node.marks)
}
