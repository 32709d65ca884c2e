import { fromMarkdown } from '../../../shared/document/from-markdown.ts'

export const read = fromMarkdown
