import { locale } from '../../locale.ts'

/** A time of day, as the interface's language writes it. */
export const clock = (at: number, seconds = false): string =>
  new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
  }).format(at)
