import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { databaseFile } from '../../server/db/index.ts'
import { dataFolder, serving } from '../support/process.ts'

test('a wiki whose database cannot be opened says so in a sentence, and ends', async () => {
  const folder = dataFolder()
  mkdirSync(databaseFile(folder))
  await expect(serving(folder)).rejects.toThrow(
    /ended with 1: The database cannot be opened and written \(.*\)\.[^\n]*\n$/,
  )
})
