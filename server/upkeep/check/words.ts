import type { Finding, Report } from './report.ts'

/** A finding as people read it: which page and what of it, then what is wrong. */
export function found({ page, epoch, revision, message }: Finding): string {
  const what = revision === undefined ? (epoch === undefined ? '' : `, draft ${epoch}`) : `, revision ${revision}`
  return page ? `“${page.title}”${what} (page ${page.id}): ${message}` : message
}

export function summary({ pages, drafts, revisions, passages, findings }: Report): string {
  const read = `${pages} pages, ${drafts} drafts, ${revisions} revisions and ${passages} rescued passages were read`
  if (findings.length === 0) return `${read}; all of it is whole.`
  return (
    `${read}; ${findings.length === 1 ? 'one thing is' : `${findings.length} things are`} damaged, as listed. Everything else ` +
    'goes on working. Make a copy of the data folder before mending anything; a backup from before brings back what it held.'
  )
}
