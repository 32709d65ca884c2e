/** A document cut at its headings, and which of those pieces another version of it says differently. */
import type { Node } from 'prosemirror-model'
import { align } from './align.ts'
import { schema } from './schema.ts'
import { inlineText } from './text.ts'

export interface Section {
  /** The words of its heading, at most 200 characters; empty before the first heading. */
  title: string
  /** The heading and what stands below it, up to the next heading of any level. */
  nodes: Node[]
}

/** In reading order, the text before the first heading among them if there is any. */
export function sectionsOf(doc: Node): Section[] {
  let current: Section = { title: '', nodes: [] }
  const sections = [current]
  for (const node of doc.children) {
    if (node.type === schema.nodes.line && node.attrs['kind'] === 'heading') {
      current = { title: titleOf(node), nodes: [] }
      sections.push(current)
    }
    current.nodes.push(node)
  }
  return sections.filter(
    ({ title, nodes }) =>
      title !== '' || nodes.some(({ content, type }) => content.size > 0 || type !== schema.nodes.line),
  )
}

/** The titles of sections that came, went, moved or say something else: those that are there now in their order, then the others. */
export function changedSections(before: readonly Section[], after: readonly Section[]): string[] {
  const [old, now] = [keyed(before), keyed(after)]
  const moved = movedKeys(
    [...old.keys()].filter(key => now.has(key)),
    [...now.keys()].filter(key => old.has(key)),
  )
  const changed: string[] = []
  for (const [key, section] of now) {
    const was = old.get(key)
    if (!was || moved.has(key) || !isSame(was.nodes, section.nodes)) changed.push(section.title)
  }
  for (const [key, { title }] of old) if (!now.has(key)) changed.push(title)
  return [...new Set(changed)]
}

/** By title, and those of one title by their turn. */
function keyed(sections: readonly Section[]): Map<string, Section> {
  const turns = new Map<string, number>()
  return new Map(
    sections.map(section => {
      const turn = (turns.get(section.title) ?? 0) + 1
      turns.set(section.title, turn)
      return [`${turn} ${section.title}`, section]
    }),
  )
}

function movedKeys(before: string[], after: string[]): Set<string> {
  if (before.every((key, index) => key === after[index])) return new Set()
  const kept = new Set(align(before, after).map(([at]) => before[at]))
  return new Set(after.filter(key => !kept.has(key)))
}

const isSame = (one: readonly Node[], other: readonly Node[]) =>
  one.length === other.length && one.every((node, index) => other[index] !== undefined && node.eq(other[index]))

const titleOf = (heading: Node) => inlineText(heading).replaceAll(/\s+/gu, ' ').trim().slice(0, 200).toWellFormed()
