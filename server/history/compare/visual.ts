import type { Node } from 'prosemirror-model'
import type { ComparedBlock } from '../../../shared/document/comparison.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { type Hunk as Change, told } from '../../../shared/document/hunks.ts'
import { html, type Html, icon, type Translator } from '../../html/index.ts'
import { folding } from './folding.ts'
import { changeSaid, clipped, sectionSaid } from './labels.ts'
import { type Marker, marker } from './marked.ts'
import { ours } from './words.ts'

/** One change, for the list beside the text. */
export interface Hunk {
  id: string
  sign: string
  kind: 'ins' | 'del' | 'mov' | 'fmt'
  label: string
}

export interface Compared {
  hunks: Hunk[]
  body: Html
  /** The texts have so little in common that only whole blocks were compared. */
  isCoarse: boolean
}

export const signs = {
  inserted: ['+', 'ins'],
  removed: ['−', 'del'],
  moved: ['↕', 'mov'],
  changed: ['±', 'ins'],
  restyled: ['¶', 'fmt'],
} as const

/**
 * The text with its changes marked, and a list of them. Stretches without any are folded away, the heading before a
 * change is not; what moved leaves a link where it stood.
 */
export function comparedBlocks(t: Translator, before: Node, after: Node, context: HtmlContext): Compared {
  const { blocks, hunks, isCoarse } = told(before, after)
  const marks = marker(t, before, after, context)
  const page = folding(t, marks)
  const ghosts = ghostsOf(blocks, hunks)
  const begun = new Map(hunks.map(hunk => [hunk.at, hunk]))
  let open: Change | undefined
  for (const [at, block] of blocks.entries()) {
    for (const hunk of ghosts.get(at) ?? []) page.show([ghost(t, marks, hunk, at)])
    if (block.status === 'kept') page.keep(block, marks.nodesOf(block))
    else {
      const nodes = marks.nodesOf(block)
      const [first] = nodes
      const hunk = begun.get(at)
      const within = hunk ?? open
      open = within
      if (within && first && block.status === 'moved')
        marks.wrap(first, inside => moved(t, within, hunk !== undefined, inside))
      if (hunk && first) marks.wrap(first, inside => anchored(hunk, inside))
      page.show(nodes)
    }
  }
  for (const hunk of ghosts.get(blocks.length) ?? []) page.show([ghost(t, marks, hunk, blocks.length)])
  return {
    hunks: hunks.map(hunk => {
      const [sign, kind] = signs[hunk.status]
      return { id: hunk.id, sign, kind, label: sectionSaid(t, hunk.section, changeSaid(t, hunk)) }
    }),
    body: page.end(),
    isCoarse,
  }
}

const anchored = ({ id, status }: Change, inside: Html): Html =>
  html`<div class="hunk hunk-${status}" id="${id}" data-k="${signs[status][0]}" tabindex="-1">${inside}</div>`

function moved(t: Translator, { origin, blocks }: Change, isFirst: boolean, inside: Html): Html {
  const edits = blocks.reduce((sum, block) => sum + editsIn(block), 0)
  const from = origin ? 'section' : 'none'
  const section = html`<bdi>${clipped(origin)}</bdi>`
  const said = html`${icon('move-vertical', { small: true })} ${t.html('compare.moved-here', { from, section, edits })}`
  const label = isFirst && ours(t, 'mvl', said)
  return html`<div class="bl-mov">${label}${inside}</div>`
}

/** How many places of a block differ from what it was. */
function editsIn({ segments, attributes, children }: ComparedBlock): number {
  const isEdit = (at: number) => segments[at] !== undefined && segments[at]?.status !== 'kept'
  const places = segments.filter((_, at) => isEdit(at) && !isEdit(at - 1)).length
  return places + Math.min(1, attributes.length) + children.filter(({ status }) => status !== 'kept').length
}

/** By the place among the blocks before which they stood: what has moved away from there. */
function ghostsOf(blocks: readonly ComparedBlock[], hunks: readonly Change[]): Map<number, Change[]> {
  const found = new Map<number, Change[]>()
  const stays = blocks.flatMap(({ from, status }, at) =>
    from === undefined || status === 'moved' ? [] : [{ from, at }],
  )
  const moves = hunks.flatMap(hunk => {
    const from = hunk.status === 'moved' ? hunk.blocks[0]?.from : undefined
    return from === undefined ? [] : [{ hunk, from }]
  })
  for (const { hunk, from } of moves.sort((one, other) => one.from - other.from)) {
    const at = stays.find(one => one.from > from)?.at ?? blocks.length
    found.set(at, [...(found.get(at) ?? []), hunk])
  }
  return found
}

function ghost(t: Translator, marks: Marker, { id, at, what, section, blocks }: Change, here: number): Node {
  const way = at < here ? 'up' : 'down'
  const name = html`<bdi>${clipped(section)}</bdi>`
  const link = html`<a href="#${id}"
    >${t.html('compare.moved-to', { way, to: section ? 'section' : 'none', section: name })}</a
  >`
  const said = html`${icon('move-vertical', { small: true })} ${t('compare.stood-here', { what, count: blocks.length })}`
  const shown = html`<div class="bl-ghost" data-of="${id}" lang="${t.language}" dir="${t.dir}">${said} ${link}</div>`
  const like = blocks[0]?.was ?? blocks[0]?.node
  if (!like) throw new Error('what moved is at least one block')
  return marks.place(like, shown)
}
