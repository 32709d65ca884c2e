import type { Mark } from 'prosemirror-model'
import type { ComparedBlock, Segment } from '../../../shared/document/comparison.ts'
import { type Hunk, whatIs } from '../../../shared/document/hunks.ts'
import { wordCount } from '../../../shared/document/text.ts'
import type { Translator } from '../../html/index.ts'
import { showsOther, without } from './styles.ts'
import { tableSaid } from './tables.ts'

/** “The first year: sentence rewritten”, or “Sentence rewritten” before the first heading. */
export function sectionSaid(t: Translator, section: string, change: string): string {
  if (section.trim()) return t('compare.in', { section: `\u2068${clipped(section)}\u2069`, change })
  return change.replace(/^\p{Ll}/u, letter => letter.toLocaleUpperCase(t.language))
}

/** Headings name changes, so they must stay names. */
export const clipped = (section: string) => {
  const line = section.replace(/\s+/gu, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 59).toWellFormed().trimEnd()}…` : line
}

/** What happened, in a few words. */
export function changeSaid(t: Translator, { status, what, blocks }: Hunk): string {
  const [block] = blocks
  const count = blocks.length
  if (!block || status === 'inserted' || status === 'removed' || status === 'moved')
    return t(`compare.${status}`, { what, count })
  if (blocks.some(({ parted }) => parted)) return t('compare.parted', { what })
  if (block.segments.some(segment => segment.status === 'joined')) return t('compare.joined', { what })
  if (block.origins[0] && whatIs(block.origins[0]) !== what) return t('compare.recast', { what })
  if (what === 'table' && block.children.length > 0) return tableSaid(t, block)
  if (showsOther(block.was, block.node)) return t('compare.replaced', { what })
  const edits = block.segments.filter(({ status: kind }) => kind !== 'kept' && kind !== 'parted')
  if (edits.length > 0) return wordsSaid(t, what, edits, block)
  if (block.children.length > 0) return t('compare.rewritten', { what, extent: 'parts' })
  return t('compare.restyled', { what, how: howOf(block) })
}

/** Which attribute stands for the change of a block whose words stayed. */
function howOf({ attributes: names, node, was }: ComparedBlock): string {
  if (names.includes('kind') && node.type.name === 'line') return 'kind'
  if (names.includes('level') && was?.attrs['kind'] === 'heading') return 'level'
  const known = ['indent', 'quote', 'checked', 'language', 'alt', 'caption', 'href']
  return names.find(name => known.includes(name)) ?? 'other'
}

function wordsSaid(t: Translator, what: string, edits: readonly Segment[], block: ComparedBlock): string {
  const styles = edits.filter(({ status }) => status === 'reformatted')
  if (styles.length === edits.length) return marksChanged(t, styles)
  if (edits.every(({ status }) => status === 'changed')) return t('compare.footnote-changed')
  const count = (kind: Segment['status']) =>
    edits.filter(({ status }) => status === kind).reduce((sum, { nodes }) => sum + wordCount(textOf(nodes)), 0)
  const [added, removed] = [count('inserted'), count('removed')]
  if (added > 0 && removed === 0 && !edits.some(({ status }) => status === 'removed'))
    return t('compare.words-added', { count: added })
  if (removed > 0 && added === 0 && !edits.some(({ status }) => status === 'inserted'))
    return t('compare.words-removed', { count: removed })
  if (added + removed === 0) return t('compare.signs-changed')
  if (what !== 'paragraph' && what !== 'item') return t('compare.rewritten', { what, extent: 'words' })
  if (added <= few && removed <= few) return t('compare.words-replaced', { count: Math.max(added, removed) })
  return t('compare.rewritten', { what, extent: isOneSentence(block) ? 'sentence' : 'words' })
}

/** So many words that gave way to others are words; more of them are a sentence. */
const few = 3

/** Between the first and the last change no sentence ends. */
function isOneSentence({ segments }: ComparedBlock): boolean {
  const isKept = ({ status }: Segment) => status === 'kept'
  const [first, last] = [segments.findIndex(one => !isKept(one)), segments.findLastIndex(one => !isKept(one))]
  const between = segments.slice(first, last + 1)
  return !between.some(one => isKept(one) && /[.!?。！？؟]\s/u.test(textOf(one.nodes)))
}

const textOf = (nodes: Segment['nodes']) => nodes.map(node => node.text ?? node.textContent).join('')

function marksChanged(t: Translator, styles: readonly Segment[]): string {
  const gone = names(styles.flatMap(({ was, nodes }) => without(was, nodes[0]?.marks ?? [])))
  const come = names(styles.flatMap(({ was, nodes }) => without(nodes[0]?.marks ?? [], was)))
  const [one] = come.length > 0 ? come : gone
  if (one === undefined || come.length + gone.length > 2) return t('compare.formatting-changed')
  if (come.length === 1 && gone.length === 0) return t('compare.mark-added', { mark: one })
  if (gone.length === 1 && come.length === 0) return t('compare.mark-removed', { mark: one })
  return come[0] === 'link' && gone[0] === 'link' ? t('compare.link-changed') : t('compare.formatting-changed')
}

const names = (marks: readonly Mark[]) => [...new Set(marks.map(({ type }) => type.name))]
