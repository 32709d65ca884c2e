import { type Reader, newId, type Writer } from '../../db/index.ts'

/** When the last guesses at a subject were made, newest first, no further back than `since`. */
export async function guessesAt(db: Reader, subject: string, since: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('guesses')
    .select('at')
    .where('subject', '=', subject)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => row.at)
}

export async function insertGuesses(tx: Writer, subjects: string[], at: number): Promise<string[]> {
  const rows = subjects.map(subject => ({ id: newId(), subject, at }))
  await tx.insertInto('guesses').values(rows).execute()
  return rows.map(row => row.id)
}

export async function deleteGuesses(tx: Writer, ids: string[]) {
  await tx.deleteFrom('guesses').where('id', 'in', ids).execute()
}

export async function deleteGuessesAt(tx: Writer, subject: string) {
  await tx.deleteFrom('guesses').where('subject', '=', subject).execute()
}

export async function deleteGuessesBefore(tx: Writer, before: number) {
  await tx.deleteFrom('guesses').where('at', '<=', before).execute()
}
