import { Fragment, Mark, type Node } from 'prosemirror-model'
import { isSafeAddress, isSafeSource, pageAddress } from './addresses.ts'
import type { HtmlNotes } from './from-html-notes.ts'
import {
  attribute,
  children,
  classes,
  type Element,
  isDropped,
  isElement,
  type Tree,
  verbatimText,
} from './html-tree.ts'
import { schema } from './schema.ts'

const blocks = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)

/** Whether it stands in a line; an inline element that holds blocks, as word processors write, does not. */
export function isInline(node: Tree): boolean {
  if (!isElement(node)) return true
  if (blocks.has(node.name)) return false
  return node.children.length === 0 || !holdsBlocks(node, 0)
}

const holdsBlocks = (node: Element, depth: number): boolean =>
  depth < 40 &&
  node.children.some(child => isElement(child) && (blocks.has(child.name) || holdsBlocks(child, depth + 1)))

/** The inside of a line: blanks joined as a browser does, none at its edges. */
export function inlineFrom(nodes: Tree[], notes: HtmlNotes | undefined): Fragment {
  const out: Node[] = []
  for (const node of nodes) add(node, Mark.none, { out, notes, depth: 0 })
  return collapsed(out)
}

interface Reading {
  out: Node[]
  notes: HtmlNotes | undefined
  depth: number
}

function add(node: Tree, marks: readonly Mark[], reading: Reading) {
  const { out } = reading
  if (node.type === 'text' && 'data' in node) {
    const text = node.data.replace(/[ \t\n\r\f]+/g, ' ')
    if (text) out.push(schema.text(text, marks))
    return
  }
  if (!isElement(node) || isDropped(node) || reading.depth > 100) {
    if (isElement(node) && !isDropped(node)) addText(verbatimText(node), marks, out)
    return
  }
  const deeper = { ...reading, depth: reading.depth + 1 }
  const note = reading.notes?.of(node)
  if (note) {
    const content = inlineFrom(note, undefined)
    out.push(
      schema.node(
        'footnote',
        null,
        content.content.filter(child => child.type !== schema.nodes.footnote),
        node.name === 'a' ? marks.filter(({ type }) => type.name !== 'sup') : marks,
      ),
    )
    return
  }
  // Blocks that stand in one line, as in a note, are divided by line breaks.
  if (blocks.has(node.name) && out.some(made => made.isText && made.text !== ' '))
    out.push(schema.nodes.hard_break.create())
  const atom = atomFrom(node)
  if (atom) out.push(linked(atom, marks))
  else for (const child of children(node)) add(child, marksFrom(node, marks), deeper)
}

/** A picture keeps the link around it as its own. */
function linked(atom: Node, marks: readonly Mark[]): Node {
  const link = atom.type === schema.nodes.image ? schema.marks.link.isInSet(marks) : undefined
  if (!link) return atom.mark(marks)
  return atom.type.create({ ...atom.attrs, href: String(link.attrs['href']) }, null, link.removeFromSet(marks))
}

const addText = (text: string, marks: readonly Mark[], out: Node[]) => {
  const flat = text.replace(/\s+/g, ' ')
  if (flat) out.push(schema.text(flat, marks))
}

function atomFrom(node: Element): Node | undefined {
  const value = (name: string) => attribute(node, name) ?? ''
  if (node.name === 'br') return schema.nodes.hard_break.create()
  if (node.name === 'img' && isSafeSource(value('src')) && value('src'))
    return image(node, value('src'), value('alt'), value('title'))
  if (classes(node).includes('elsewhere') && (node.name === 'a' || node.name === 'span')) {
    const alt = children(node)
      .filter(isElement)
      .find(part => classes(part).includes('alt'))
    return image(node, value('href') || value('data-src'), alt ? verbatimText(alt) : '', value('data-title'))
  }
  if (node.name === 'code' && classes(node).includes('math'))
    return schema.node('math_inline', { tex: verbatimText(node) })
  if (node.name === 'cite' && attribute(node, 'data-source') !== null)
    return schema.node('citation', {
      source: value('data-source'),
      locator: value('data-locator'),
      label: value('data-label'),
    })
  if (node.name === 'a' && classes(node).includes('mention'))
    return schema.node('mention', {
      handle: verbatimText(node).replace(/^@/, ''),
      person: attribute(node, 'data-person'),
    })
  if (node.name === 'a' && classes(node).includes('page'))
    return schema.node('page_link', {
      page: pageAddress(value('data-page'))?.page ?? null,
      title: value('data-title'),
      label: value('data-label'),
    })
  return undefined
}

function image(node: Element, src: string, alt: string, title: string): Node {
  const width = Number(attribute(node, 'data-width') ?? attribute(node, 'width') ?? 0)
  return schema.node('image', {
    src,
    alt,
    title,
    width: Number.isInteger(width) && width > 0 && width <= 4096 ? width : null,
  })
}

const tags: Record<string, Mark> = {
  strong: schema.mark('strong'),
  b: schema.mark('strong'),
  em: schema.mark('em'),
  i: schema.mark('em'),
  u: schema.mark('underline'),
  ins: schema.mark('underline'),
  s: schema.mark('strike'),
  del: schema.mark('strike'),
  strike: schema.mark('strike'),
  sub: schema.mark('sub'),
  sup: schema.mark('sup'),
  code: schema.mark('code'),
  kbd: schema.mark('code'),
  samp: schema.mark('code'),
  tt: schema.mark('code'),
}

function marksFrom(node: Element, marks: readonly Mark[]): readonly Mark[] {
  const style = attribute(node, 'style') ?? ''
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1]
  // Google Docs wraps everything it copies in a <b> that is not bold.
  const isBold = weight === undefined ? undefined : /^(?:bold|bolder|[6-9]00)$/.test(weight)
  const tag = tags[node.name]
  let set = tag && !(tag.type.name === 'strong' && isBold === false) ? tag.addToSet(marks) : marks
  if (isBold && node.name !== 'h1') set = schema.mark('strong').addToSet(set)
  if (/font-style:\s*italic/i.test(style)) set = schema.mark('em').addToSet(set)
  if (/text-decoration[^;:]*:[^;]*line-through/i.test(style)) set = schema.mark('strike').addToSet(set)
  if (
    /text-decoration[^;:]*:[^;]*underline/i.test(style) &&
    node.name !== 'a' &&
    !set.some(({ type }) => type.name === 'link')
  )
    set = schema.mark('underline').addToSet(set)
  if (/vertical-align:\s*super/i.test(style)) set = schema.mark('sup').addToSet(set)
  if (/vertical-align:\s*sub/i.test(style)) set = schema.mark('sub').addToSet(set)
  if (node.name === 'a') return linkMark(node, set)
  const lang = attribute(node, 'lang')
  const dir = attribute(node, 'dir')
  const isForeign = (node.name === 'span' || node.name === 'bdo') && (lang !== null || dir === 'rtl' || dir === 'ltr')
  // Word names the language of every run; only ours and what a person marked up is kept.
  return isForeign && !/mso-/i.test(style)
    ? schema.mark('lang', { lang: lang ?? '', dir: dir === 'rtl' || dir === 'ltr' ? dir : null }).addToSet(set)
    : set
}

function linkMark(node: Element, marks: readonly Mark[]): readonly Mark[] {
  const href = attribute(node, 'data-page') ?? attribute(node, 'href') ?? ''
  if (!href || !isSafeAddress(href)) return marks
  const title = classes(node).includes('missing')
    ? (attribute(node, 'data-title') ?? '')
    : (attribute(node, 'title') ?? '')
  return schema.mark('link', { href: href.trim(), title }).addToSet(marks)
}

/** One blank between words, across marks; none at the edges or around line breaks. */
function collapsed(nodes: Node[]): Fragment {
  const out: Node[] = []
  let blank = true
  for (const node of nodes) {
    if (!node.isText) {
      if (node.type === schema.nodes.hard_break) trimEnd(out)
      out.push(node)
      blank = node.type === schema.nodes.hard_break
      continue
    }
    const text = blank ? (node.text ?? '').replace(/^ /, '') : (node.text ?? '')
    if (!text) continue
    blank = text.endsWith(' ')
    out.push(schema.text(text, node.marks))
  }
  trimEnd(out)
  return Fragment.fromArray(out)
}

function trimEnd(out: Node[]) {
  const last = out.at(-1)
  if (!last?.isText || !last.text?.endsWith(' ')) return
  out.pop()
  if (last.text.length > 1) out.push(schema.text(last.text.slice(0, -1), last.marks))
}
