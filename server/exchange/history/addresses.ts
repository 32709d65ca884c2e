import { cleanSlug, isReserved, slugKey, withEnding } from '../../../shared/pages/slug.ts'
import type { PageLine } from './shapes.ts'

export interface Move {
  from: string
  to: string
  at: number
}

/** An address that a page left, and when. */
export interface Address {
  slug: string
  at: number
}

/**
 * The slug that a path makes: all of it, so that two files of one name differ. Its ending says nothing to readers, nor do
 * the signs by which a site's builder knows its folders (`_articles`).
 */
export function addressFrom(path: string): string {
  const plain = path.replace(/\.(md|markdown|mdown|txt|html?)$/i, '').replace(/(^|\/)[_.]+(?=[^/])/g, '$1')
  const wish = cleanSlug(plain) || 'page'
  return isReserved(wish) ? withEnding(wish, '-page') : wish
}

/**
 * Where a page was before it came to its path, each address once with the last time it was left. The paths of moves may
 * lack the name of the repository that the page's own path begins with.
 */
export function formerAddresses({ path, source }: PageLine, moves: readonly Move[]) {
  const prefix = prefixOf(path, source, moves)
  const left = new Map<string, Address>()
  for (const { from, at } of moves) {
    const slug = addressFrom(prefix + from)
    left.delete(slugKey(slug))
    left.set(slugKey(slug), { slug, at })
  }
  left.delete(slugKey(addressFrom(path)))
  return { former: [...left.values()], firstPath: moves[0] ? prefix + moves[0].from : path }
}

function prefixOf(path: string, source: string | undefined, moves: readonly Move[]): string {
  const name = source?.replace(/\/+$/, '').split('/').at(-1) ?? ''
  const repository = name ? `${name}/` : ''
  return repository && path.startsWith(repository) && !moves.some(({ to }) => to.startsWith(repository))
    ? repository
    : ''
}

/** A page's claim on an address that it left. */
export interface Claim extends Address {
  line: number
}

/**
 * Who has each former address: a page that lives there (in `living`), else whoever left it last. Promises the claims
 * that hold and those that lost.
 */
export function settleClaims(claims: readonly Claim[], living: ReadonlySet<string>) {
  const holds = new Map<string, Claim>()
  const lost: Claim[] = []
  for (const claim of claims) {
    const key = slugKey(claim.slug)
    const rival = holds.get(key)
    if (living.has(key) || (rival && rival.at > claim.at)) lost.push(claim)
    else {
      if (rival) lost.push(rival)
      holds.set(key, claim)
    }
  }
  return { holds: [...holds.values()], lost }
}
