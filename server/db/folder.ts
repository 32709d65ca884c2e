import { join } from 'node:path'

/** The database of the wiki in this data folder. */
export const databaseFile = (folder: string): string => join(folder, 'commonleaf.db')
