import type { Mark, Node } from 'prosemirror-model'
import { isExternal, isOwnMedium, isSafeAddress, isSafeSource, pageAddress, pathPart } from './addresses.ts'
import { canonical } from './canonical.ts'
import type { HtmlContext, LinkedPage } from './html-context.ts'
import { attributes, escaped } from './html-escape.ts'
import { type Inline, spans } from './spans.ts'

export interface InlineHtml {
  inline: (parent: Node) => string
  /** The footnotes met so far, as a section, each written by `write`; nothing if there were none. */
  notes: (write?: (note: Node) => string) => string
}

/** Writes the inside of lines, numbering footnotes as they come; equal footnotes share one number. */
export function inlineHtml(context: HtmlContext): InlineHtml {
  const prefix = escaped(context.idPrefix ?? '')
  const notes: { key: string; node: Node; references: number }[] = []
  const byKey = new Map<string, number>()

  const all = (parts: Inline[], linked: boolean): string => {
    let out = ''
    for (const part of parts)
      if (part.kind === 'leaf') out += leaf(part.node, linked)
      else if (part.mark.type.name !== 'link') out += wrapped(part.mark, all(part.children, linked))
      else
        for (const run of linkRuns(part.children))
          out += run.isLink ? all(run.parts, false) : linkTo(linkOf(part.mark), all(run.parts, true), context)
    return out
  }
  const inline = (parent: Node) => all(spans(parent), false)
  const leaf = (node: Node, linked: boolean) =>
    node.isText
      ? escaped(node.text ?? '')
      : node.type.name === 'footnote'
        ? reference(node)
        : atom(node, context, linked)

  const reference = (node: Node) => {
    const key = canonical(node.mark([]))
    let index = byKey.get(key)
    if (index === undefined) {
      index = notes.push({ key, node, references: 0 }) - 1
      byKey.set(key, index)
    }
    const note = notes[index]
    const again = note && ++note.references > 1 ? `.${note.references}` : ''
    const number = index + 1
    const label = escaped(context.message('footnote', { number }))
    return `<sup class="footnote"><a id="${prefix}ref:${number}${again}" href="#${prefix}note:${number}" role="doc-noteref" aria-label="${label}">${number}</a></sup>`
  }

  return {
    inline,
    notes: (write = inline) => {
      if (notes.length === 0) return ''
      const items = notes.map(({ node, references }, index) => {
        const number = index + 1
        let back = ''
        for (let time = 1; time <= references; time++)
          back += ` <a class="back" href="#${prefix}ref:${number}${time > 1 ? `.${time}` : ''}" role="doc-backlink" aria-label="${escaped(context.message('back', { number }))}">↩</a>`
        return `<li id="${prefix}note:${number}" dir="auto">${write(node)}${back}</li>`
      })
      return `<section class="footnotes" role="doc-endnotes" aria-label="${escaped(context.message('footnotes'))}"><ol>${items.join('')}</ol></section>`
    },
  }
}

const tags: Record<string, string> = {
  strong: 'strong',
  em: 'em',
  underline: 'u',
  strike: 's',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
}

function wrapped(mark: Mark, inside: string): string {
  const tag = tags[mark.type.name]
  if (tag) return `<${tag}>${inside}</${tag}>`
  return `<span${attributes({ lang: String(mark.attrs['lang']), dir: String(mark.attrs['dir'] ?? '') })}>${inside}</span>`
}

/** A link cannot hold a link: what is one by itself stands between the parts of the link around it. */
function linkRuns(parts: Inline[]): { isLink: boolean; parts: Inline[] }[] {
  const runs: { isLink: boolean; parts: Inline[] }[] = []
  for (const part of parts) {
    const isLink = makesLink(part)
    const last = runs.at(-1)
    if (last?.isLink === isLink) last.parts.push(part)
    else runs.push({ isLink, parts: [part] })
  }
  return runs
}

const makesLink = (part: Inline): boolean =>
  part.kind === 'span'
    ? part.children.some(makesLink)
    : ['footnote', 'page_link', 'mention'].includes(part.node.type.name)

const linkOf = ({ attrs }: Mark) => ({ href: String(attrs['href']), title: String(attrs['title']) })

function linkTo({ href, title = '' }: { href: string; title?: string }, inside: string, context: HtmlContext): string {
  if (!href || !isSafeAddress(href)) return inside
  const target = pageAddress(href)
  if (target) {
    const page = context.page(target.page)
    const part = target.fragment && `#${target.fragment}`
    if (!page?.exists)
      return `<a${attributes({ class: 'missing', href, title: title || context.message('missing'), 'data-title': title })}>${inside}</a>`
    return `<a${attributes({ href: page.address + part, title, 'data-page': href })}>${inside}</a>`
  }
  if (isExternal(href))
    return `<a${attributes({ class: 'external', href, title, rel: 'nofollow ugc noopener' })}>${inside}</a>`
  return `<a${attributes({ href, title })}>${inside}</a>`
}

function atom(node: Node, context: HtmlContext, linked: boolean): string {
  const text = (name: string) => String(node.attrs[name] ?? '')
  switch (node.type.name) {
    case 'hard_break':
      return '<br>'
    case 'citation':
      return `<cite${attributes({ 'data-source': text('source'), 'data-locator': text('locator'), 'data-label': text('label') })}>${escaped([text('label') || text('source'), text('locator')].filter(Boolean).join(', '))}</cite>`
    case 'math_inline':
      return `<code class="math" dir="ltr">${escaped(text('tex'))}</code>`
    case 'image':
      return linkedPicture(node, context, linked)
    case 'page_link':
      return pageLink(node, context)
    case 'mention':
      return `<a${attributes({ class: 'mention', href: `/people/${pathPart(text('handle'))}`, 'data-person': text('person') })}><bdi>@${escaped(text('handle'))}</bdi></a>`
    default:
      return ''
  }
}

function pageLink(node: Node, context: HtmlContext): string {
  const id = String(node.attrs['page'] ?? '')
  const title = String(node.attrs['title'])
  const label = String(node.attrs['label'])
  const found: LinkedPage | undefined = id ? context.page(id) : context.titled(title)
  const data = { 'data-page': id && `/p/${id}`, 'data-title': title, 'data-label': label }
  if (found?.exists)
    return `<a${attributes({ class: 'page', href: found.address, ...data })}>${escaped(label || found.title)}</a>`
  const shown = label || title || found?.title || context.message('missing')
  const href = id ? `/p/${pathPart(id)}` : (context.newPage ?? newPage)(title)
  return `<a${attributes({ class: 'page missing', href, title: context.message('missing'), ...data })}>${escaped(shown)}</a>`
}

const newPage = (title: string) => `/new?title=${pathPart(title)}`

function linkedPicture(node: Node, context: HtmlContext, linked: boolean): string {
  const href = String(node.attrs['href'])
  if (!href || linked) return picture(node, context, linked)
  return linkTo({ href }, picture(node, context, true), context)
}

function picture(node: Node, context: HtmlContext, linked: boolean): string {
  const { src, alt } = node.attrs
  const title = String(node.attrs['title'])
  const width = String(node.attrs['width'] ?? '')
  return isOwnMedium(String(src))
    ? `<img${attributes({ src: String(src) })} alt="${escaped(String(alt))}"${attributes({ title, width, loading: 'lazy' })}>`
    : elsewhere('image', String(src), String(alt), context, { linked, 'data-title': title, 'data-width': width })
}

/** A file on another site is named and linked, never fetched: reading must not tell anybody what is read. */
export function elsewhere(
  medium: string,
  src: string,
  alt: string,
  context: HtmlContext,
  { linked, ...data }: { linked?: boolean; [name: `data-${string}`]: string | number | null } = {},
): string {
  const kind = escaped(context.message(mediumMessage(medium)))
  const words = alt ? `${kind}: <span class="alt">${escaped(alt)}</span>` : kind
  const inside = src ? `${words} <bdi class="address">${escaped(src)}</bdi>` : words
  const about = { class: 'elsewhere', 'data-medium': medium, ...data }
  return linked || !src || !isSafeSource(src)
    ? `<span${attributes({ ...about, 'data-src': src })}>${inside}</span>`
    : `<a${attributes({ ...about, href: src, rel: 'nofollow ugc noopener' })}>${inside}</a>`
}

const mediumMessage = (medium: string) =>
  medium === 'audio' || medium === 'video' || medium === 'file' ? (`medium.${medium}` as const) : 'medium.image'
