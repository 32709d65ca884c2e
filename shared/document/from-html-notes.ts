/** Footnotes as pages set them: a reference in the text, the note in a list at the end. */
import { attribute, children, classes, type Document, type Element, isElement, type Tree } from './html-tree.ts'

export interface HtmlNotes {
  /** The note's content a reference element stands for. */
  of: (reference: Element) => Tree[] | undefined
  /** Whether this element only holds notes that references have taken into the text. */
  isSection: (node: Tree) => boolean
}

export function footnotesOf(tree: Document): HtmlNotes {
  const referenced = new Set<string>()
  const byId = new Map<string, Element>()
  const sections: Element[] = []
  walk(tree, node => {
    const target = isReference(node) ? targetOf(node) : undefined
    if (target) referenced.add(target)
    const id = attribute(node, 'id')
    if (id && (node.name === 'li' || node.name === 'p' || node.name === 'div' || node.name === 'dd'))
      byId.set(id.replace(/^_(?=ftn|edn)/, ''), node)
    if (isNoteSection(node)) sections.push(node)
  })
  const notes = new Map(
    [...referenced].flatMap(id => {
      const note = byId.get(id)
      return note ? [[id, note] as const] : []
    }),
  )
  const taken = new Set<Tree>(notes.values())
  const emptied = new Set<Tree>(sections.filter(section => onlyHolds(section, taken)))
  return {
    of: reference => {
      const target = isReference(reference) ? targetOf(reference) : undefined
      const note = target === undefined ? undefined : notes.get(target)
      return note && withoutBackLinks(note)
    },
    isSection: node => taken.has(node) || emptied.has(node),
  }
}

const isReference = (node: Element) =>
  (node.name === 'sup' && targetOf(node) !== undefined) ||
  (node.name === 'a' &&
    (attribute(node, 'role') === 'doc-noteref' ||
      /^#_?(?:fn|ftn|edn|note|cite_note|sdfootnote)/.test(attribute(node, 'href') ?? '')) &&
    isMarkLike(node))

/** Only something short like `1` or `[a]` is a reference. */
const isMarkLike = (node: Element) => /^\s*\[?[\p{L}\p{N}*†‡]{1,6}\]?\s*$/u.test(textOf(node))
const textOf = (node: Tree): string =>
  node.type === 'text' && 'data' in node ? node.data : children(node).map(textOf).join('')

function targetOf(node: Element): string | undefined {
  const link =
    node.name === 'a'
      ? node
      : children(node)
          .filter(isElement)
          .find(({ name }) => name === 'a')
  const href = (link && attribute(link, 'href')) ?? ''
  const target = /#(.+)$/.exec(href)?.[1]
  return target && link && isMarkLike(link) && !/^(?:_ftnref|_ednref|cite_ref|fnref|ref)/.test(target)
    ? decoded(target).replace(/^_(?=ftn|edn)/, '')
    : undefined
}

const isNoteSection = (node: Element) =>
  classes(node).some(
    name => name === 'footnotes' || name === 'references' || name === 'reflist' || name === 'mw-references-wrap',
  ) ||
  attribute(node, 'role') === 'doc-endnotes' ||
  /mso-element:\s*(?:footnote|endnote)-list/i.test(attribute(node, 'style') ?? '')

function onlyHolds(section: Element, taken: Set<Tree>): boolean {
  const rest = (node: Tree): string =>
    taken.has(node) ? '' : node.type === 'text' && 'data' in node ? node.data : children(node).map(rest).join('')
  return rest(section).trim() === ''
}

/** The note without its links back, which are taken out of the tree for good. */
function withoutBackLinks(note: Element): Tree[] {
  walk(note, node => {
    node.children = node.children.filter(child => !(isElement(child) && isBackLink(child)))
  })
  return children(note)
}

const isBackLink = (node: Element) =>
  classes(node).some(name => name === 'back' || name === 'mw-cite-backlink' || name === 'footnote-backref') ||
  attribute(node, 'role') === 'doc-backlink' ||
  (node.name === 'a' && /^#(?:_ftnref|_ednref|cite_ref|fnref)/.test(attribute(node, 'href') ?? ''))

function walk(node: Tree | Document, visit: (node: Element) => void) {
  const waiting: Tree[] = 'attribs' in node ? [node] : [...children(node)].reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (isElement(next)) visit(next)
    for (const child of [...children(next)].reverse()) waiting.push(child)
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
