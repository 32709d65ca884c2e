import type { Node } from 'prosemirror-model'
import { wordCount } from '../../../shared/document/text.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Page } from '../../pages/index.ts'
import { displacedFrom } from '../authors.ts'
import type { Ground } from '../ground.ts'
import type { Content } from '../record.ts'
import type { Credit } from '../service.ts'
import { followed, type Takeback } from './target.ts'
import { creditsFor } from '../credits.ts'

/** What taking something back would do: to what readers see, and to words that nobody has published yet. */
export interface TakebackAhead {
  page: Page
  /** What readers see now, and what they would see. */
  before: Node
  after: Node
  /** Unpublished words that would lose their place, and whose they are. */
  displaced: { people: Credit[]; words: number }
}

export async function aheadOf(
  ground: Ground,
  page: Page,
  given: { head: Node; target: Content; draft: Draft } & Pick<Takeback, 'written' | 'unpublished'>,
): Promise<TakebackAhead> {
  const passages = await displacedFrom(ground, ground.db.read, { ...given, target: followed(given) })
  const ids = [...new Set(passages.flatMap(({ personId }) => personId ?? []))]
  const names = await ground.people.byIds(ids)
  return {
    page,
    before: given.head,
    after: given.target.document,
    displaced: {
      people: creditsFor(names, ids),
      words: passages.reduce((sum, { document }) => sum + wordCount(document), 0),
    },
  }
}
