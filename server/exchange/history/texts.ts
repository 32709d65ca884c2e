import type { Node } from 'prosemirror-model'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { splitFrontMatter } from '../../../shared/document/front-matter.ts'
import { outline } from '../../../shared/document/outline.ts'
import { summaryLimit, titleLimit } from '../../../shared/pages/contract.ts'
import { oneLine } from '../../../shared/pages/line.ts'

export interface Text {
  document: Node
  title: string
  /** What its front matter says, if it does. */
  language: string | undefined
}

/** Reads a file's text: its title is what the front matter says, else its first heading, else the file's name. */
export function readText(text: string, path: string): Text {
  const { title, lang: language, rest } = splitFrontMatter(text)
  const document = fromMarkdown(rest)
  return { document, language, title: fitLine(title ?? '', titleLimit) || firstHeading(document) || nameOf(path) }
}

/** A heading may end in attributes that only another site builder understands: `Goals {.objectives}`. */
function firstHeading(document: Node): string | undefined {
  const titles = outline(document).map(({ text }) => fitLine(text.replace(/\s*\{[:.#][^{}]*\}\s*$/, ''), titleLimit))
  return titles.find(title => title !== '')
}

/** The file's name without its ending. */
export const nameOf = (path: string): string => {
  const name = path.split('/').filter(Boolean).at(-1) ?? path
  return fitLine(name.replace(/(.)\.[^.]*$/, '$1'), titleLimit) || 'Page'
}

export const fitTitle = (title: string): string => fitLine(title, titleLimit)

export const fitSummary = (message: string): string => fitLine(message, summaryLimit)

/** The text as one line that the wiki stores, '' where nothing of it can be seen. What is too long ends in an ellipsis. */
function fitLine(text: string, most: number): string {
  const clean = text
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
  const line = oneLine(clean, Infinity)
  if ('fault' in line) return ''
  const characters = [...line.text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line.text
}
