/**
 * A "no" that is part of the design: it has a code for programs, a message for people that says what to do next, and a
 * fitting status. Rooms name theirs in `errors.ts` by extending it. The message is a key of the translator.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly values: Record<string, string | number>
  readonly details: unknown
  readonly headers: Record<string, string>
  /** The heading of its page; without one the status has it. */
  readonly titleKey: string

  constructor(
    status: number,
    code: string,
    {
      values = {},
      details,
      headers = {},
      titleKey = `http.status.${status}`,
    }: {
      values?: Record<string, string | number>
      details?: unknown
      headers?: Record<string, string>
      titleKey?: string
    } = {},
  ) {
    super(code)
    this.status = status
    this.code = code
    this.values = values
    this.details = details
    this.headers = headers
    this.titleKey = titleKey
  }

  /** `pages/slug-taken` is worded under `refusals.pages/slug-taken`. */
  get messageKey() {
    return `refusals.${this.code}`
  }
}

/** Some of what was typed cannot be. `details.fields` names every fault by its field; the code is the first of them. */
export class FieldsRefused extends Refusal {
  readonly fields: Partial<Record<string, string>>

  constructor(fields: Partial<Record<string, string>>, status: 409 | 422 = 422) {
    super(status, Object.values(fields)[0] ?? 'http/malformed', { details: { fields } })
    this.fields = fields
  }
}

/** Refuses where there is a fault. */
export function refuseFaults(fields: Partial<Record<string, string>>) {
  if (Object.keys(fields).length > 0) throw new FieldsRefused(fields)
}
