import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Fragment, type Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import { apply, diff } from '../../../shared/document/diff.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { told } from '../../../shared/document/hunks.ts'
import { schema } from '../../../shared/document/schema.ts'
import { keptUnits } from '../../../shared/document/units.ts'
import { corpus, corpusText } from '../../support/corpus.ts'

const folder = 'translations/opensource-guide'
/** Two real pages in each of six languages, of four scripts. */
const pages = readdirSync(join(corpus, folder)).flatMap(language =>
  ['metrics.md', 'code-of-conduct.md'].map(name => fromMarkdown(corpusText(`${folder}/${language}/${name}`))),
)

type Places = { at: number; to: number }
type Edit = (page: Node, places: Places) => Node[] | undefined

const isOf = (node: Node, ...kinds: string[]) => node.type.name === 'line' && kinds.includes(String(node.attrs['kind']))
const placesOf = ({ children }: Node, fits: (node: Node) => boolean) =>
  children.flatMap((node, at) => (fits(node) ? [at] : []))
const put = ({ children }: Node, at: number, ...nodes: Node[]) => children.toSpliced(at, 1, ...nodes)

/** Sets an attribute of one of the lines of some kinds. */
const setting =
  (attrs: Record<string, unknown>, ...kinds: string[]): Edit =>
  (page, { at }) => {
    const places = placesOf(page, node => isOf(node, ...kinds) && node.content.size > 0)
    const place = places[at % places.length] ?? 0
    const node = page.child(place)
    return put(page, place, node.type.create({ ...node.attrs, ...attrs }, node.content))
  }

const edits: Record<string, Edit> = {
  moved(page, { at, to }) {
    const places = placesOf(page, node => node.textContent.length > 25)
    const place = places[at % places.length] ?? 0
    const rest = page.children.toSpliced(place, 1)
    return rest.toSpliced(to % rest.length, 0, page.child(place))
  },
  'moved in turn'(page, { at }) {
    const items = placesOf(page, node => isOf(node, 'bullet') && node.textContent.length > 20)
    const first = items[at % items.length] ?? 0
    let end = first
    while (items.includes(end)) end++
    return [...page.children.slice(0, first), ...page.children.slice(first, end).reverse(), ...page.children.slice(end)]
  },
  removed: (page, { at }) => page.children.toSpliced(at % page.childCount, 1),
  inserted(page, { at, to }) {
    const other = pages[to % pages.length]
    const node = other?.child(at % other.childCount)
    if (!node || node.textContent.length < 12 || page.textContent.includes(node.textContent)) return undefined
    return page.children.toSpliced(to % page.childCount, 0, node)
  },
  restyled: setting({ indent: 3, quote: 1 }, 'bullet', 'ordered', 'paragraph'),
  'restyled as a heading': setting({ kind: 'heading', level: 5 }, 'heading', 'paragraph'),
  'changed into a note'(page, { at }) {
    const places = placesOf(page, node => isOf(node, 'paragraph') && node.textContent.length > 60)
    const place = places[at % places.length] ?? 0
    return put(page, place, schema.nodes.callout.create({ kind: 'note' }, [page.child(place)]))
  },
  'changed by a word'(page, { at, to }) {
    const places = placesOf(page, node => isOf(node, 'paragraph') && node.content.size > 40)
    const place = places[at % places.length] ?? 0
    const node = page.child(place)
    const spot = to % 2 === 0 ? 0 : node.content.size
    const word = Fragment.from(schema.text(spot === 0 ? 'Zebra ' : ' zebra'))
    return put(page, place, node.copy(node.content.cut(0, spot).append(word).append(node.content.cut(spot))))
  },
}

test.each(Object.entries(edits))('of a real page in any language, what was %s is told as that', (what, edit) => {
  const [status] = what.split(' ')
  fc.assert(
    fc.property(fc.constantFrom(...pages), fc.record({ at: fc.nat(999), to: fc.nat(999) }), (page, places) => {
      const nodes = edit(page, places)
      const after = nodes && schema.node('doc', null, nodes)
      if (!after || after.eq(page)) return
      expect(apply(diff(page, after), page).eq(after)).toBe(true)
      const { hunks } = told(page, after)
      expect(new Set(hunks.map(hunk => hunk.status))).toEqual(new Set([status]))
      if (status !== 'moved') expect(hunks).toHaveLength(1)
      // Nobody loses a letter to whoever only moves, sets or wraps it.
      const fresh = [...keptUnits(page, after)].filter(unit => unit < 0).length
      if (status !== 'inserted') expect(fresh).toBe(what.endsWith('word') ? 6 : 0)
    }),
    { numRuns: 60 },
  )
})
