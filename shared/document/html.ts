/** Documents as HTML for readers: real lists, headings and quotations again, everything escaped, nothing to run. */
import type { Node } from 'prosemirror-model'
import { isExternal, isOwnMedium, isSafeAddress, pathPart } from './addresses.ts'
import type { HtmlContext } from './html-context.ts'
import { attributes, escaped } from './html-escape.ts'
import { elsewhere, type InlineHtml, inlineHtml } from './html-inline.ts'
import { tableHtml } from './html-table.ts'
import { headingIds } from './slugs.ts'
import { type ListPiece, type Piece, structure } from './structure.ts'
import { inlineText } from './text.ts'

export type { DocumentMessage, HtmlContext, LinkedPage } from './html-context.ts'

/** Headings of level 1 and 2 become h2, for the page's title is its h1. Footnotes follow in a section at the end. */
export function toHtml(doc: Node, context: HtmlContext): string {
  const { inline, notes } = inlineHtml(context)
  const inside = context.inside
  const writer: Writer = {
    context,
    idFor: headingIds(),
    inline: inside ? node => inside(node) ?? inline(node) : inline,
    verbatim: inside ? node => inside(node) ?? verbatim(node) : verbatim,
    around: context.around ?? ((_, html) => html),
    notes,
  }
  return children(doc, writer) + writer.notes()
}

interface Writer extends InlineHtml {
  context: HtmlContext
  idFor: (text: string) => string
  verbatim: (node: Node) => string
  around: (node: Node, html: string) => string
}

const children = (parent: Node, writer: Writer, from = 0) => pieces(structure(parent, from), writer)

function pieces(all: Piece[], writer: Writer): string {
  let out = ''
  for (const piece of all)
    if (piece.kind === 'block') out += writer.around(piece.node, block(piece.node, piece.extra, writer))
    else if (piece.kind === 'quote') out += `<blockquote>${pieces(piece.pieces, writer)}</blockquote>\n`
    else out += list(piece, writer)
  return out
}

function list({ ordered, items, extra }: ListPiece, writer: Writer): string {
  const first = items[0]
  const tag = ordered ? 'ol' : 'ul'
  const start = ordered && first && first.number !== 1 ? first.number : null
  let out = `<${tag}${attributes({ start, class: extra > 0 ? `indent-${extra}` : null })}>`
  for (const { node, pieces: inside } of items) {
    const isTask = node.attrs['kind'] === 'task'
    const checked = node.attrs['checked'] === true
    const box = `<input type="checkbox" disabled${attributes({ checked, 'aria-label': writer.context.message(checked ? 'task.done' : 'task.open') })}> `
    out += `<li${attributes({ class: classes(isTask && 'task', aligned(node)), dir: direction(node) })}>${writer.around(node, (isTask ? box : '') + writer.inline(node))}`
    out += inside.length > 0 ? `\n${pieces(inside, writer)}</li>\n` : '</li>\n'
  }
  return `${out}</${tag}>\n`
}

const classes = (...names: (string | false | null)[]) => names.filter(Boolean).join(' ')
const aligned = ({ attrs }: Node) => (attrs['align'] ? `align-${String(attrs['align'])}` : null)
const indented = (extra: number) => extra > 0 && `indent-${extra}`
const direction = ({ attrs }: Node) => String(attrs['dir'] ?? 'auto')

function block(node: Node, extra: number, writer: Writer): string {
  const { attrs, type } = node
  const text = (name: string) => String(attrs[name] ?? '')
  const look = (...names: (string | false | null)[]) => attributes({ class: classes(...names, indented(extra)) })
  const { context } = writer
  switch (type.name) {
    case 'line':
      return line(node, extra, writer)
    case 'code_block': {
      const language = /^[\w+#.-]+/.exec(text('language'))?.[0]
      const about = attributes({ class: language && `language-${language}`, 'data-language': text('language') })
      return `<pre dir="${attrs['dir'] === 'rtl' ? 'rtl' : 'ltr'}" tabindex="0"${look()}><code${about}>${writer.verbatim(node)}</code></pre>\n`
    }
    case 'math':
      return `<pre dir="ltr" tabindex="0"${look('math')} aria-label="${escaped(context.message('formula'))}"><code class="math">${writer.verbatim(node)}</code></pre>\n`
    case 'figure':
      return figure(node, look, writer)
    case 'rule':
      return `<hr${look()}>\n`
    case 'embed':
      return embed(node, look)
    case 'transclusion':
      return transclusion(node, look, context)
    case 'table':
      return tableHtml(node, look('table'), { ...writer, blocks: parent => children(parent, writer) })
    case 'callout': {
      const kind = context.message(calloutMessage(text('kind')))
      return `<aside${look('callout', text('kind'))} data-kind="${escaped(text('kind'))}" role="note" aria-label="${escaped(kind)}" dir="${direction(node)}"><p class="callout-label">${escaped(kind)}</p>\n${children(node, writer)}</aside>\n`
    }
    case 'details': {
      const summary = node.firstChild
      const about = summary ? attributes({ dir: direction(summary), ...kindOf(summary) }) : ''
      return `<details${look()}${attributes({ open: attrs['open'] === true, dir: text('dir') })}><summary${about}>${summary ? writer.around(summary, writer.inline(summary)) : ''}</summary>\n${children(node, writer, 1)}</details>\n`
    }
    default:
      return ''
  }
}

/** A line break right after the tag is swallowed by browsers, so a leading one is doubled. */
const verbatim = ({ textContent }: Node) => (textContent.startsWith('\n') ? '\n' : '') + escaped(textContent)

const kindOf = ({ attrs }: Node) => ({ 'data-line': attrs['kind'] === 'paragraph' ? null : String(attrs['kind']) })

const calloutMessage = (kind: string) =>
  kind === 'tip' || kind === 'important' || kind === 'warning' || kind === 'caution'
    ? (`callout.${kind}` as const)
    : 'callout.note'

function line(node: Node, extra: number, writer: Writer): string {
  const shape = { class: classes(aligned(node), indented(extra)), dir: direction(node) }
  if (node.attrs['kind'] !== 'heading') return `<p${attributes(shape)}>${writer.inline(node)}</p>\n`
  const level = Number(node.attrs['level'])
  const tag = `h${Math.max(2, level)}`
  const id = (writer.context.idPrefix ?? '') + writer.idFor(inlineText(node).replaceAll('\n', ' '))
  return `<${tag}${attributes({ id, ...shape, 'data-level': level === 1 ? 1 : null })}>${writer.inline(node)}</${tag}>\n`
}

type Look = (...names: (string | false | null)[]) => string

function figure(node: Node, look: Look, writer: Writer): string {
  const { src, alt, credit, medium, decorative, width } = node.attrs
  const address = String(src)
  const shown = String(medium)
  const about = `${look('figure', shown, width !== null && `width-${Math.ceil(Number(width) / 10) * 10}`)}${attributes({ 'data-width': String(width ?? ''), 'data-decorative': decorative ? 'yes' : null, dir: direction(node) })}`
  const caption = writer.inline(node)
  const foot =
    (caption ? `<span class="caption">${caption}</span>` : '') +
    (credit ? ` <small class="credit">${escaped(String(credit))}</small>` : '')
  const body = isOwnMedium(address)
    ? own(shown, address, String(alt), writer.context)
    : elsewhere(shown, address, String(alt), writer.context)
  return `<figure${about}>${body}${foot ? `<figcaption>${foot}</figcaption>` : ''}</figure>\n`
}

function own(medium: string, src: string, alt: string, context: HtmlContext): string {
  if (medium === 'image') return `<img${attributes({ src })} alt="${escaped(alt)}" loading="lazy">`
  if (medium === 'file')
    return `<a${attributes({ class: 'file', href: src })} download>${escaped(alt || context.message('medium.file'))}</a>`
  return `<${medium}${attributes({ src, 'aria-label': alt })} controls preload="none"></${medium}>`
}

function embed({ attrs }: Node, look: Look): string {
  const href = String(attrs['href'])
  const title = String(attrs['title'])
  const words = `<span class="title">${escaped(title)}</span>`
  const rel = isExternal(href) ? 'nofollow ugc noopener' : null
  const head =
    href && isSafeAddress(href) ? `<a${attributes({ href, rel })}>${title ? words : escaped(href)}</a>` : words
  const description = attrs['description'] ? `<p dir="auto">${escaped(String(attrs['description']))}</p>` : ''
  return `<div${look('embed')}>${head}${description}</div>\n`
}

function transclusion({ attrs }: Node, look: Look, context: HtmlContext): string {
  const of = {
    page: String(attrs['page']),
    section: String(attrs['section']),
    revision: attrs['revision'] === null ? null : Number(attrs['revision']),
  }
  const data = attributes({ 'data-page': of.page, 'data-section': of.section, 'data-revision': of.revision })
  const page = context.page(of.page)
  const address = page?.exists ? page.address + (of.section && `#${of.section}`) : `/p/${pathPart(of.page)}`
  const source = `<p class="source"><a${attributes({ href: address, class: page?.exists ? null : 'missing' })}>${escaped(context.message('passage', { title: page?.title ?? context.message('missing') }))}</a></p>`
  return `<div${look('transclusion')}${data}>${context.passage?.(of) ?? ''}${source}</div>\n`
}
