import { preparedChange, type Reader, type Tables, type Writer } from '../db/index.ts'
import { packedShown, type Shown, shownOf } from './shown.ts'

export type HeadRow = Omit<Tables['page_heads'], 'shown'> & Shown

export async function headOf(db: Reader, pageId: string): Promise<HeadRow | undefined> {
  const row = await db.selectFrom('page_heads').selectAll().where('page_id', '=', pageId).executeTakeFirst()
  if (!row) return undefined
  const { shown, ...rest } = row
  return { ...rest, ...shownOf(shown) }
}

export async function putHead(tx: Writer, { page_id, revision_id, rendering, words, ...parts }: HeadRow) {
  await keepHead(tx, page_id, revision_id, rendering, words, packedShown(parts))
}

const keepHead = preparedChange(
  (tx, page_id: string, revision_id: string, rendering: number, words: number, shown: Uint8Array) =>
    tx
      .insertInto('page_heads')
      .values({ page_id, revision_id, rendering, words, shown })
      .onConflict(conflict =>
        conflict.column('page_id').doUpdateSet(({ ref }) => ({
          revision_id: ref('excluded.revision_id'),
          rendering: ref('excluded.rendering'),
          words: ref('excluded.words'),
          shown: ref('excluded.shown'),
        })),
      ),
)

/** Keeps a rendering made by a reader, unless the page has moved on meanwhile. */
export async function refreshHead(
  tx: Writer,
  row: Pick<HeadRow, 'page_id' | 'revision_id' | 'rendering' | keyof Shown>,
) {
  await tx
    .updateTable('page_heads')
    .set({ shown: packedShown(row), rendering: row.rendering })
    .where('page_id', '=', row.page_id)
    .where('revision_id', '=', row.revision_id)
    .where('rendering', '<', row.rendering)
    .execute()
}

export async function dropHead(tx: Writer, pageId: string) {
  await tx.deleteFrom('page_heads').where('page_id', '=', pageId).execute()
}
