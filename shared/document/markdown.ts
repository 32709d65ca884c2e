/** Documents as Markdown: GFM with footnotes and alerts. `markdownLosses` lists what it cannot say. */
import type { Node } from 'prosemirror-model'
import { inlineMarkdown, imageMarkdown, type InlineMarkdown } from './markdown-inline.ts'
import { tableMarkdown } from './markdown-table.ts'
import { type Item, type ListPiece, type Piece, structure } from './structure.ts'

export { markdownLosses } from './markdown-losses.ts'

export function toMarkdown(doc: Node): string {
  const writer = inlineMarkdown()
  const body = pieces(structure(doc), writer)
  const all = [body, writer.notes()].filter(Boolean).join('\n\n')
  return all && `${all}\n`
}

function pieces(all: Piece[], writer: InlineMarkdown): string {
  const parts: string[] = []
  let turn = 0
  let previous: Piece | undefined
  for (const piece of all) {
    // Two lists of one kind side by side would be read as one, so they take turns in their signs.
    turn = previous?.kind === 'list' && piece.kind === 'list' && previous.ordered === piece.ordered ? turn + 1 : 0
    previous = piece
    const text = piece.kind === 'list' ? list(piece, turn % 2, writer) : other(piece, writer)
    if (text) parts.push(text)
    else if (piece.kind !== 'list') previous = all[all.indexOf(piece) - 1]
  }
  return parts.join('\n\n')
}

const other = (piece: Exclude<Piece, ListPiece>, writer: InlineMarkdown) =>
  piece.kind === 'quote' ? quoted(pieces(piece.pieces, writer)) : block(piece.node, writer)

const quoted = (text: string) =>
  text
    .split('\n')
    .map(line => (line ? `> ${line}` : '>'))
    .join('\n')

const indented = (text: string, by: number) => text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(by)}`)

function list({ ordered, items }: ListPiece, turn: number, writer: InlineMarkdown): string {
  let out = ''
  items.forEach((item, index) => {
    const sign = ordered ? `${item.number}${turn ? ')' : '.'}` : turn ? '*' : '-'
    const body = itemBody(item, writer)
    const text = notARule(body ? `${sign} ${indented(body, sign.length + 1)}` : sign)
    const before = items[index - 1]
    const tight = before && isTight(before) && isTight(item)
    out += (index === 0 ? '' : tight ? '\n' : '\n\n') + text
  })
  return out
}

/** Empty items in empty items, written `- - -`, would be read as a rule. */
const notARule = (text: string) =>
  /^(?:-(?: -){2,}|\*(?: \*){2,})$/m.test(text.split('\n', 1).join(''))
    ? (text.startsWith('-') ? '*' : '-') + text.slice(1)
    : text

const isTight = ({ pieces: inside }: Item): boolean =>
  inside.every(piece => piece.kind === 'list' && piece.items.every(isTight))

function itemBody({ node, pieces: inside }: Item, writer: InlineMarkdown): string {
  const isTask = node.attrs['kind'] === 'task'
  const text = isEmpty(node) ? '' : writer.inline(node, { oneLine: isTask })
  const lead = isTask ? `[${node.attrs['checked'] === true ? 'x' : ' '}] ${text}`.trimEnd() : text
  const body = pieces(inside, writer)
  if (!lead || !body) return lead || body
  const first = inside[0]
  const follows = first?.kind === 'list' && first.items[0] && interrupts(first.items[0], first.ordered)
  return lead + (follows ? '\n' : '\n\n') + body
}

/** Whether a list with this first item may follow a line of text at once. */
const interrupts = (item: Item, ordered: boolean) =>
  item.node.childCount > 0 && !isEmpty(item.node) && !(ordered && item.number !== 1)

const isEmpty = (node: Node) =>
  node.childCount === 0 || (node.childCount === 1 && node.firstChild?.type.name === 'hard_break')

function block(node: Node, writer: InlineMarkdown): string {
  const text = (name: string) => String(node.attrs[name] ?? '')
  switch (node.type.name) {
    case 'line':
      return line(node, writer)
    case 'code_block':
      return fenced(
        node.textContent,
        text('language')
          .replace(/[\n\r]/g, ' ')
          .trim(),
      )
    case 'math':
      return fenced(node.textContent, 'math')
    case 'figure':
      return figure(node, writer)
    case 'rule':
      return '***'
    case 'embed':
      return paragraphs(
        linkMarkdown(text('title') || text('href'), text('href'), writer, node),
        words(text('description'), writer, node),
      )
    case 'transclusion': {
      const revision = node.attrs['revision'] === null ? '' : `?revision=${text('revision')}`
      return `![](/p/${text('page')}${revision}${text('section') && `#${text('section')}`})`
    }
    case 'table':
      return paragraphs(
        words(text('caption'), writer, node),
        tableMarkdown(node, cell => cellText(cell, writer)),
      )
    case 'callout':
      return quoted(paragraphs(`[!${text('kind').toUpperCase()}]`, pieces(structure(node), writer)))
    case 'details': {
      const open = node.attrs['open'] === true ? '+' : ''
      return quoted(paragraphs(`[!DETAILS]${open}`, pieces(structure(node), writer)))
    }
    default:
      return ''
  }
}

const paragraphs = (...parts: string[]) => parts.filter(Boolean).join('\n\n')

function line(node: Node, writer: InlineMarkdown): string {
  if (node.attrs['kind'] !== 'heading') return isEmpty(node) ? '' : writer.inline(node, { oneLine: false })
  const text = writer.inline(node, { oneLine: true })
  // A heading's closing signs are dropped by Markdown, so signs that are words are escaped.
  return `${'#'.repeat(Number(node.attrs['level']))} ${text.replace(/(^|\s)(#+)$/, '$1\\$2')}`.trimEnd()
}

function fenced(text: string, info: string): string {
  const sign = info.includes('`') ? '~' : '`'
  const longest = Math.max(2, ...(text.match(sign === '`' ? /`+/g : /~+/g) ?? []).map(run => run.length))
  const fence = sign.repeat(longest + 1)
  return `${fence}${info}\n${text ? `${text}\n` : ''}${fence}`
}

const words = (text: string, writer: InlineMarkdown, node: Node) =>
  text ? writer.inline(node.type.schema.node('line', null, node.type.schema.text(text)), { oneLine: true }) : ''

function linkMarkdown(text: string, href: string, writer: InlineMarkdown, { type: { schema } }: Node): string {
  if (!text) return ''
  const marks = href ? [schema.mark('link', { href })] : []
  return writer.inline(schema.node('line', null, schema.text(text, marks)), { oneLine: true })
}

function figure(node: Node, writer: InlineMarkdown): string {
  const { src, alt, credit, medium } = node.attrs
  const caption = node.textContent
  const isPlain = node.children.every(child => child.isText && child.marks.length === 0) && caption !== alt
  const asTitle = medium === 'image' && isPlain
  const below = asTitle ? '' : writer.inline(node, { oneLine: false })
  const head =
    medium === 'image'
      ? imageMarkdown(String(src), String(alt), asTitle ? caption : '')
      : linkMarkdown(String(alt) || String(src), String(src), writer, node)
  return paragraphs(head, below, words(String(credit), writer, node))
}

/** The lines of a cell, in one line of Markdown. */
function cellText(cell: Node, writer: InlineMarkdown): string {
  const texts: string[] = []
  cell.descendants(node => {
    if (!node.isTextblock) return true
    const text =
      node.type.name === 'code_block' || node.type.name === 'math'
        ? node.textContent
            .split('\n')
            .map(row => words(row, writer, node))
            .join('<br>')
        : [words(String(node.attrs['alt'] ?? ''), writer, node), writer.inline(node, { oneLine: true })]
            .filter(Boolean)
            .join(' ')
    if (text) texts.push(text)
    return false
  })
  return texts.join('<br>').replaceAll('|', '\\|').replaceAll('\n', ' ')
}
