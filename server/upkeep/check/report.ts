/** Something that is damaged, and where. */
export interface Finding {
  kind:
    | 'database'
    | 'draft'
    | 'checkpoint'
    | 'log'
    | 'client'
    | 'revision'
    | 'content'
    | 'authorship'
    | 'head'
    | 'passage'
    | 'search'
  page?: { id: string; title: string }
  /** Of the draft it is in. */
  epoch?: number
  /** The number of the revision it is in. */
  revision?: number
  message: string
}

export interface Report {
  pages: number
  drafts: number
  revisions: number
  passages: number
  findings: Finding[]
}

/** Where findings go; a page that is damaged in a thousand places fills no memory. */
export type Note = (finding: Finding) => void

/** Findings of one sort about one place that are told one by one; of more only the number. */
const most = 20

export function notes(report: Report): { note: Note; rest: () => void } {
  const counts = new Map<string, { finding: Finding; times: number }>()
  return {
    note(finding) {
      const key = `${finding.kind} ${finding.page?.id ?? ''}`
      const counted = counts.get(key) ?? { finding, times: 0 }
      counts.set(key, counted)
      if (++counted.times <= most) report.findings.push(finding)
    },
    rest() {
      for (const { finding, times } of counts.values())
        if (times > most) {
          const { kind, page } = finding
          report.findings.push({ kind, ...(page && { page }), message: `and ${times - most} more like these` })
        }
      counts.clear()
    },
  }
}
