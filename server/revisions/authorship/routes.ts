import type { FastifyInstance } from 'fastify'
import { type AuthorsJson, readAuthors } from '../../../shared/revisions/authors.ts'
import { serve } from '../../http/index.ts'
import { PageDeleted, type Pages, PageUnpublished } from '../../pages/index.ts'
import type { Revisions } from '../service.ts'
import type { Authors } from './authors.ts'

/** Who wrote what, for programs. */
export function authorRoutes(http: FastifyInstance, { pages, revisions }: { pages: Pages; revisions: Revisions }) {
  serve(http, readAuthors, async ({ params, query, request }) => {
    const page = await pages.requireHistory(request.person, params.id)
    if (page.deleted && query.revision === undefined) throw new PageDeleted(page)
    const number = query.revision ?? page.head?.number
    if (number === undefined) throw new PageUnpublished(page)
    return asJson(await revisions.authors(page, number))
  })
}

function asJson({ revision, words, people, sources, blocks, placeOf }: Authors): AuthorsJson {
  return {
    revision,
    words,
    people,
    sources,
    blocks: blocks.map(({ passages }) => ({
      passages: passages.map(({ text, credit }) => ({ text, author: placeOf(credit), revision: credit.revision })),
    })),
  }
}
