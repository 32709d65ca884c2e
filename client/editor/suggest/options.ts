import type { Command } from 'prosemirror-state'
import { schema } from '../../../shared/document/schema.ts'
import type { Icon } from '../icons.ts'
import { findPages } from '../pages.ts'
import { say } from '../say.ts'
import { heading, paragraph, type Tool, tools } from '../tools.ts'
import { insertInline } from '../commands/insert.ts'
import type { Query } from './plugin.ts'

export interface Option {
  id: string
  icon: Icon
  name: string
  hint: string
  shortcut: string
  run: Tool['run']
}

const blocks: readonly Tool[] = [
  paragraph,
  ...[2, 3, 4].map(heading),
  tools.bullet,
  tools.ordered,
  tools.task,
  tools.quote,
  tools.table,
  tools.figure,
  tools.codeBlock,
  tools.note,
  tools.tip,
  tools.warning,
  tools.details,
  tools.math,
  tools.formula,
  tools.footnote,
  tools.pageLink,
  tools.rule,
]

/** What can be inserted, or which pages can be linked, for what has been typed. */
export async function optionsFor(query: Query): Promise<Option[]> {
  if (query.kind === 'page') return pagesFor(query.text)
  const wanted = folded(query.text)
  return blocks
    .map(tool => ({
      id: `ed-option-${tool.id}`,
      icon: tool.icon,
      name: say(`tool.${tool.id}`),
      hint: say(`tool.${tool.id}.hint`),
      shortcut: tool.shortcut ?? '',
      run: tool.run,
    }))
    .filter(({ name }) => matches(folded(name), wanted))
    .sort((a, b) => Number(folded(b.name).startsWith(wanted)) - Number(folded(a.name).startsWith(wanted)))
}

async function pagesFor(title: string): Promise<Option[]> {
  const pages = await findPages(title)
  const options = pages.map(page => ({
    id: `ed-option-${page.id}`,
    icon: 'pageLink' as const,
    name: page.title,
    hint: say('suggest.page', { slug: page.slug }),
    shortcut: '',
    run: linkTo(page.id, page.title),
  }))
  const isNew = title.trim() !== '' && !pages.some(page => folded(page.title) === folded(title.trim()))
  if (!isNew) return options
  const fresh = {
    id: 'ed-option-new',
    icon: 'pageLink' as const,
    name: title.trim(),
    hint: say('suggest.new-page'),
    shortcut: ']]',
    run: linkTo(null, title.trim()),
  }
  return [...options, fresh]
}

/** A link that shows the page's current title; by title alone while there is no such page. */
const linkTo = (page: string | null, title: string): Command => insertInline(schema.node('page_link', { page, title }))

/** The beginning of a word, or any part of the name once enough is typed to mean it. */
const matches = (name: string, wanted: string) =>
  name.split(/[\s(]+/).some(word => word.startsWith(wanted)) || (wanted.length > 2 && name.includes(wanted))

const folded = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()
