import type { HtmlContext } from '../../../shared/document/html.ts'

/** A wiki of two pages, whose messages are their names. */
export const plainContext: HtmlContext = {
  page: id => (id === 'oak' || id === '0190-ab' ? { address: '/wiki/Oak', title: 'Oak', exists: true } : undefined),
  titled: title => (title === 'Ash' ? { address: '/wiki/Ash', title: 'Ash', exists: true } : undefined),
  message: name => name,
}
