/**
 * HTML as a document: what is pasted from word processors and other wikis, and our own. Words stay, structure that a
 * document has stays, everything else goes: scripts, styles, handlers, addresses that could run.
 */
import { parseDocument } from 'htmlparser2'
import { Fragment, type Node } from 'prosemirror-model'
import { isSafeSource, wellFormed } from './addresses.ts'
import { deepest } from './attributes.ts'
import { normalise } from './canonical.ts'
import { footnotesOf, type HtmlNotes } from './from-html-notes.ts'
import { inlineFrom, isInline } from './from-html-inline.ts'
import { officeItem } from './from-html-office.ts'
import { tableFromHtml } from './from-html-table.ts'
import {
  attribute,
  children,
  classes,
  directionFrom,
  type Element,
  isDropped,
  isElement,
  type Tree,
  verbatimText,
} from './html-tree.ts'
import { emptyDocument, schema } from './schema.ts'

export function fromHtml(html: string): Node {
  const tree = parseDocument(wellFormed(html).replace(/<!\[(?:if|endif)[^\]]*\]>/gi, ''), { decodeEntities: true })
  const notes = footnotesOf(tree)
  const reader = new HtmlReader(notes, true)
  reader.blocks(children(tree), { indent: 0, quote: 0, depth: 0 })
  const out = reader.finish()
  return out.length > 0 ? normalise(schema.node('doc', null, out)) : emptyDocument()
}

interface Place {
  indent: number
  quote: number
  depth: number
}

/** Elements nested deeper are read for their words only. */
const deepestElement = 120

class HtmlReader {
  private readonly out: Node[] = []
  private readonly notes: HtmlNotes
  private readonly mayWrap: boolean
  /** Inline content that no block element holds yet. */
  private loose: Tree[] = []
  /** What the next line is, where an item has begun and its first line has not. */
  private item: Record<string, unknown> | undefined

  constructor(notes: HtmlNotes, mayWrap: boolean) {
    this.notes = notes
    this.mayWrap = mayWrap
  }

  finish(): Node[] {
    this.flush({ indent: 0, quote: 0, depth: 0 })
    return this.out
  }

  blocks(nodes: Tree[], place: Place) {
    for (const node of nodes) {
      if (isDropped(node) || this.notes.isSection(node)) continue
      if (isInline(node) || !isElement(node)) this.loose.push(node)
      else {
        this.flush(place)
        this.block(node, place)
      }
    }
    this.flush(place)
  }

  private flush(place: Place) {
    const content = inlineFrom(this.loose, this.notes)
    const hadWords = this.loose.length > 0
    this.loose = []
    if (hadWords && content.childCount > 0) this.line(content, place, {})
  }

  private line(content: Fragment, place: Place, attrs: Record<string, unknown>) {
    const item = this.item
    this.item = undefined
    const indent = item && attrs['kind'] === undefined ? place.indent - 1 : place.indent
    if (item && attrs['kind'] !== undefined) this.out.push(schema.nodes.line.create({ ...item, ...where(place, -1) }))
    const kind = item && attrs['kind'] === undefined ? item : {}
    this.out.push(schema.nodes.line.create({ ...attrs, ...kind, ...where({ ...place, indent }) }, content))
  }

  private push(place: Place, make: (where: Record<string, number>) => Node) {
    this.beginItem(place)
    this.out.push(make(where(place)))
  }

  /** An item whose first child is no text has an empty line of its own. */
  private beginItem(place: Place) {
    if (this.item) this.out.push(schema.nodes.line.create({ ...this.item, ...where(place, -1) }))
    this.item = undefined
  }

  private block(node: Element, place: Place) {
    const inside = { ...place, depth: place.depth + 1 }
    if (place.depth > deepestElement) {
      const text = verbatimText(node).trim()
      if (text) this.line(Fragment.from(schema.text(text.replace(/\s+/g, ' '))), place, {})
      return
    }
    const office = officeItem(node)
    if (office) {
      this.beginItem(place)
      const content = inlineFrom(office.content, this.notes)
      const indent = Math.min(deepest, place.indent + office.level)
      this.out.push(
        schema.nodes.line.create(
          { kind: office.ordered ? 'ordered' : 'bullet', ...where({ ...place, indent }) },
          content,
        ),
      )
      return
    }
    const extra = indentClass(node)
    if (extra > 0) inside.indent += extra
    switch (node.name) {
      case 'p':
      case 'summary':
      case 'figcaption':
      case 'dt':
        return this.paragraph(node, inside)
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        return this.line(inlineFrom(children(node), this.notes), inside, {
          kind: 'heading',
          level: Number(attribute(node, 'data-level') || node.name.slice(1)),
          ...shape(node),
        })
      case 'ul':
      case 'ol':
      case 'menu':
        return this.list(node, inside)
      case 'blockquote':
        this.beginItem(place)
        return this.blocks(children(node), { ...inside, quote: inside.quote + 1 })
      case 'pre':
        return this.pre(node, inside)
      case 'hr':
        return this.push(inside, at => schema.node('rule', at))
      case 'table': {
        const table = tableFromHtml(node, where(inside), cell => this.nested(cell))
        return table ? this.push(inside, () => table) : this.blocks(children(node), inside)
      }
      case 'figure':
        return this.figure(node, inside)
      case 'details':
      case 'aside':
        return this.wrapper(node, inside)
      case 'div':
        if (classes(node).includes('transclusion')) return this.transclusion(node, inside)
        if (classes(node).includes('embed')) return this.embed(node, inside)
        return this.blocks(children(node), inside)
      default:
        return this.blocks(children(node), node.name === 'dd' ? { ...inside, indent: inside.indent + 1 } : inside)
    }
  }

  private paragraph(node: Element, place: Place) {
    const content = inlineFrom(children(node), this.notes)
    const holdsBlocks = children(node).some(child => isElement(child) && !isInline(child) && !isDropped(child))
    if (holdsBlocks) this.blocks(children(node), place)
    else if (
      (content.childCount > 0 && !isFiller(node)) ||
      this.item ||
      !classes(node).some(name => name.startsWith('Mso'))
    )
      this.line(content, place, shape(node))
  }

  private list(node: Element, place: Place) {
    const ordered = node.name === 'ol'
    let start: number | null = ordered ? Number(attribute(node, 'start') || 1) : null
    this.beginItem(place)
    for (const child of children(node)) {
      if (!isElement(child)) continue
      // Some editors put a nested list beside its item and not inside it.
      if (child.name === 'ul' || child.name === 'ol') {
        this.list(child, { ...place, indent: place.indent + 1, depth: place.depth + 1 })
        continue
      }
      const level = Math.max(0, Number(attribute(child, 'aria-level') || 1) - 1)
      const indent = place.depth > 0 && place.indent > 0 ? place.indent : place.indent + level
      const box = checkbox(child)
      const kind = box ? 'task' : ordered ? 'ordered' : 'bullet'
      const safeStart = start !== null && Number.isInteger(start) && start >= 0 && start < 1e9 ? start : null
      this.item = {
        kind,
        start: safeStart,
        checked: box !== null && attribute(box, 'checked') !== null,
        ...shape(child),
      }
      start = null
      this.blocks(
        children(child).filter(part => part !== box),
        { ...place, indent: indent + 1, depth: place.depth + 1 },
      )
      this.beginItem({ ...place, indent: indent + 1 })
    }
  }

  private pre(node: Element, place: Place) {
    const inner = children(node).find(child => isElement(child) && child.name === 'code')
    const named = inner && isElement(inner) ? inner : node
    const text = verbatimText(node).replace(/^\n/, '').replace(/\r\n?/g, '\n')
    const content = text ? schema.text(text) : undefined
    const isMath = classes(named).includes('math')
    const language =
      attribute(named, 'data-language') ??
      classes(named)
        .find(name => name.startsWith('language-'))
        ?.slice(9) ??
      ''
    this.push(place, at =>
      isMath
        ? schema.node('math', at, content)
        : schema.node('code_block', { language, ...at, dir: attribute(node, 'dir') === 'rtl' ? 'rtl' : null }, content),
    )
  }

  private figure(node: Element, place: Place) {
    const medium = find(
      node,
      part =>
        ['img', 'audio', 'video'].includes(part.name) ||
        classes(part).includes('elsewhere') ||
        classes(part).includes('file'),
    )
    const src = medium
      ? (attribute(medium, 'src') ?? attribute(medium, 'href') ?? attribute(medium, 'data-src') ?? '')
      : ''
    if (!medium || !isSafeSource(src)) return this.blocks(children(node), place)
    const caption =
      find(node, part => classes(part).includes('caption')) ?? find(node, part => part.name === 'figcaption')
    const credit = find(node, part => classes(part).includes('credit'))
    const alt = find(medium, part => classes(part).includes('alt'))
    const kind =
      ['audio', 'video', 'file'].find(name => classes(node).includes(name) || medium.name === name) ?? 'image'
    const width = Number(attribute(node, 'data-width'))
    const content = caption
      ? inlineFrom(
          children(caption).filter(part => part !== credit),
          this.notes,
        )
      : Fragment.empty
    const attrs = {
      medium: kind,
      src,
      alt:
        attribute(medium, 'alt') ??
        attribute(medium, 'aria-label') ??
        (alt
          ? verbatimText(alt)
          : medium.name === 'a' && kind === 'file' && classes(medium).includes('file')
            ? verbatimText(medium)
            : ''),
      decorative: attribute(node, 'data-decorative') === 'yes',
      credit: credit ? verbatimText(credit) : '',
      width: Number.isInteger(width) && width > 0 && width <= 100 ? width : null,
      dir: directionFrom(node),
    }
    const phrases = content.content.filter(child => child.type !== schema.nodes.footnote)
    this.push(place, at => schema.node('figure', { ...attrs, ...at }, phrases))
  }

  private wrapper(node: Element, place: Place) {
    const kind = attribute(node, 'data-kind') ?? 'note'
    const isCallout = node.name === 'aside' && classes(node).includes('callout')
    if (!this.mayWrap || (node.name === 'aside' && !isCallout)) return this.blocks(children(node), place)
    node.children = node.children.filter(part => !(isElement(part) && classes(part).includes('callout-label')))
    const inside = this.nested(node, false)
    const first = inside[0]
    const filled = first ? inside : [schema.nodes.line.create()]
    const at = { ...where(place), dir: directionFrom(node) }
    if (isCallout) {
      const known = ['note', 'tip', 'important', 'warning', 'caution'].includes(kind) ? kind : 'note'
      return this.push(place, () => schema.node('callout', { kind: known, ...at }, filled))
    }
    const open = attribute(node, 'open') !== null
    const content = first?.type === schema.nodes.line ? filled : [schema.nodes.line.create(), ...inside]
    return this.push(place, () => schema.node('details', { open, ...at }, content))
  }

  private nested(node: Element, empty = true): Node[] {
    const reader = new HtmlReader(this.notes, false)
    reader.blocks(children(node), { indent: 0, quote: 0, depth: 0 })
    const inside = reader.finish()
    return inside.length > 0 || !empty ? inside : [schema.nodes.line.create()]
  }

  private transclusion(node: Element, place: Place) {
    const revision = Number(attribute(node, 'data-revision') || 0)
    const attrs = {
      page: attribute(node, 'data-page') ?? '',
      section: attribute(node, 'data-section') ?? '',
      revision: revision || null,
    }
    this.push(place, at => schema.node('transclusion', { ...attrs, ...at }))
  }

  private embed(node: Element, place: Place) {
    const link = find(node, part => part.name === 'a')
    const title = find(node, part => classes(part).includes('title'))
    const description = find(node, part => part.name === 'p')
    const attrs = {
      href: (link && attribute(link, 'href')) ?? '',
      title: title ? verbatimText(title) : '',
      description: description ? verbatimText(description) : '',
    }
    this.push(place, at => schema.node('embed', { ...attrs, ...at }))
  }
}

/** Word keeps an empty paragraph open with a blank. */
const isFiller = (node: Element) =>
  classes(node).some(name => name.startsWith('Mso')) &&
  verbatimText(node).trim() === '' &&
  find(node, part => part.name === 'img') === undefined

const where = ({ indent, quote }: Place, by = 0) => ({
  indent: Math.min(deepest, Math.max(0, indent + by)),
  quote: Math.min(deepest, quote),
})

function shape(node: Element): Record<string, unknown> {
  const name = classes(node)
    .find(one => one.startsWith('align-'))
    ?.slice(6)
  const align = name && ['start', 'center', 'end', 'justify'].includes(name) ? name : null
  return { dir: directionFrom(node), align }
}

const indentClass = (node: Element) =>
  Number(/^indent-(\d)$/.exec(classes(node).find(name => name.startsWith('indent-')) ?? '')?.[1] ?? 0)

const checkbox = (item: Element): Element | null => {
  const first = children(item).find(
    part => isElement(part) && part.name === 'input' && attribute(part, 'type') === 'checkbox',
  )
  return first && isElement(first) ? first : null
}

function find(node: Element, fits: (node: Element) => boolean): Element | undefined {
  for (const child of children(node)) {
    if (!isElement(child)) continue
    if (fits(child)) return child
    const inner = find(child, fits)
    if (inner) return inner
  }
  return undefined
}
