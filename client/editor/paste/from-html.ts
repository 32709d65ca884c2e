import { fromHtml } from '../../../shared/document/from-html.ts'

export const read = fromHtml
