import { Type } from 'typebox'
import { operation } from '../operation.ts'
import { Id, shape } from '../shapes.ts'
import { RevisionNumber } from './contract.ts'

export const citationFormats = ['text', 'bibtex', 'ris', 'csl-json'] as const
export type CitationFormat = (typeof citationFormats)[number]

export const citeRevision = operation({
  method: 'GET',
  path: '/api/v1/pages/:id/citation',
  summary:
    'How to cite the head, or the revision with this number: in words (`text`), as BibTeX, RIS or CSL-JSON, sent as itself.',
  who: 'anyone',
  scope: 'read',
  params: shape({ id: Id }),
  query: shape({
    revision: Type.Optional(RevisionNumber),
    format: Type.Optional(Type.Enum([...citationFormats])),
  }),
  reply: Type.Unknown(),
})
