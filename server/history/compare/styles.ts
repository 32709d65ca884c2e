import type { Mark, Node } from 'prosemirror-model'
import type { ComparedBlock, Segment } from '../../../shared/document/comparison.ts'
import { whatIs } from '../../../shared/document/hunks.ts'
import { schema } from '../../../shared/document/schema.ts'
import { figures } from '../../../shared/i18n/translate.ts'
import { html, type Html, type Translator } from '../../html/index.ts'

/** How reformatted words looked before and look now: “plain → emphasis”, “link to … → link to …”. */
export function marksSaid(t: Translator, { was, nodes }: Pick<Segment, 'was' | 'nodes'>): Html {
  const now = nodes[0]?.marks ?? []
  const [gone, come] = [without(was, now), without(now, was)]
  if (gone.length === 0 && come.length === 0) return html``
  return fromTo(t, listOf(t, gone), listOf(t, come))
}

export const without = (marks: readonly Mark[], others: readonly Mark[]) =>
  marks.filter(mark => !others.some(other => other.eq(mark)))

function listOf(t: Translator, marks: readonly Mark[]): Html {
  if (marks.length === 0) return html`${t('compare.plain')}`
  return html`${marks.map((mark, at) => html`${at > 0 && ', '}${markSaid(t, mark)}`)}`
}

function markSaid(t: Translator, { type, attrs }: Mark): Html {
  if (type.name === 'link') return t.html('compare.mark.link', { address: ltr(attrs['href']) })
  if (type.name === 'lang') return t.html('compare.mark.lang', { language: ltr(attrs['lang']) })
  return html`${t(`compare.mark.${type.name}`)}`
}

/** “this → that”; heard as “this, now that”. */
const fromTo = (t: Translator, from: Html, to: Html): Html =>
  html`${from}<span aria-hidden="true"> ${t('compare.arrow')} </span><span class="vh">${t('compare.now')} </span>${to}`

/** What became of a block whose words may have stayed: a heading now, one step deeper, another language of code. */
export function attributesSaid(t: Translator, block: ComparedBlock): Html[] {
  const { was, node, attributes, origins } = block
  if (!was) return recastSaid(t, origins[0], node)
  const isLine = node.type.name === 'line'
  const said: Html[] = []
  const [before, now] = [kindOf(t, was), kindOf(t, node)]
  if (isLine && before !== now) said.push(fromTo(t, html`${before}`, html`${now}`))
  for (const name of attributes) {
    if (isLine && (name === 'kind' || name === 'level')) continue
    if (name === 'colwidth') said.push(html`${t('compare.attribute.colwidth')}`)
    else
      said.push(
        html`${t(`compare.attribute.${name}`)}:
        ${fromTo(t, valueOf(t, name, was.attrs[name]), valueOf(t, name, node.attrs[name]))}`,
      )
  }
  return said
}

/** Words that were a paragraph and are a list, a note, code now. */
function recastSaid(t: Translator, origin: Node | undefined, node: Node): Html[] {
  if (!origin || whatIs(origin) === whatIs(node)) return []
  return [
    fromTo(t, html`${t('compare.what', { what: whatIs(origin) })}`, html`${t('compare.what', { what: whatIs(node) })}`),
  ]
}

const kindOf = (t: Translator, { attrs }: Node) =>
  t(`compare.kind.${String(attrs['kind'])}`, { level: Number(attrs['level']) })

/** Values that are words of the interface; anything else is somebody's text or an address. */
const worded = new Set(['dir', 'align', 'medium', 'kind'])

function valueOf(t: Translator, name: string, value: unknown): Html {
  if (value === null || value === undefined || value === '') return html`${t('compare.none')}`
  if (typeof value === 'boolean') return html`${t(value ? 'compare.yes' : 'compare.no')}`
  if (typeof value === 'number') return html`${figures(t.language, value)}`
  if (worded.has(name) && typeof value === 'string') return html`${t(`compare.value.${value}`)}`
  if (name === 'src' || name === 'href' || name === 'language' || name === 'page') return ltr(value)
  return html`“<bdi>${clipped(value)}</bdi>”`
}

const ltr = (value: unknown): Html => html`<bdi dir="ltr">${clipped(value)}</bdi>`

/** An address can be as long as a book; its end is not what tells two apart. */
const clipped = (value: unknown) => {
  const text = String(value)
  return text.length > 200 ? `${text.slice(0, 199).toWellFormed()}…` : text
}

/** Whether two figures show different things, so that both have to be seen. */
export const showsOther = (was: Node | undefined, now: Node) =>
  was !== undefined &&
  now.type === schema.nodes.figure &&
  (was.attrs['src'] !== now.attrs['src'] || was.attrs['medium'] !== now.attrs['medium'])
