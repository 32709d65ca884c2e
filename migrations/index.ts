import type { Migration } from '../server/db/index.ts'
import accounts from './0001_accounts.ts'
import pages from './0002_pages.ts'
import discussions from './0003_discussions.ts'
import search from './0004_search.sqlite.ts'
import epochs from './0005_epochs.ts'
import history from './0006_history.ts'
import authorship from './0007_authorship.ts'
import discards from './0008_discards.ts'
import exchange from './0009_exchange.ts'
import packing from './0010_packing.sqlite.ts'
import slim from './0011_slim.sqlite.ts'
import terse from './0012_terse.sqlite.ts'

/** In the order they run. Names are for ever: they are what a database remembers. */
export const migrations: Record<string, Migration> = {
  '0001_accounts': accounts,
  '0002_pages': pages,
  '0003_discussions': discussions,
  '0004_search': search,
  '0005_epochs': epochs,
  '0006_history': history,
  '0007_authorship': authorship,
  '0008_discards': discards,
  '0009_exchange': exchange,
  '0010_packing': packing,
  '0011_slim': slim,
  '0012_terse': terse,
}
