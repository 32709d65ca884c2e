/** A licence under which people write, or under which something was brought here. */
export interface Licence {
  /** What revisions store: an SPDX identifier where there is one. For ever. */
  id: string
  /** As people write it; the same in every language. */
  name: string
  url: string | null
  /** What it asks of whoever uses the work; drawn as symbols beside its name. */
  conditions: readonly Condition[]
  /** Whether a wiki may choose it for what is written there: free licences only, and only the newest version. */
  mayBeDefault: boolean
}

export type Condition = 'zero' | 'attribution' | 'share-alike' | 'non-commercial' | 'no-derivatives' | 'reserved'

const conditionsOf: Record<string, readonly Condition[]> = {
  BY: ['attribution'],
  'BY-SA': ['attribution', 'share-alike'],
  'BY-NC': ['attribution', 'non-commercial'],
  'BY-ND': ['attribution', 'no-derivatives'],
  'BY-NC-SA': ['attribution', 'non-commercial', 'share-alike'],
  'BY-NC-ND': ['attribution', 'non-commercial', 'no-derivatives'],
}

const creativeCommons = (kind: string, version: string): Licence => ({
  id: `CC-${kind}-${version}`,
  name: `CC ${kind} ${version}`,
  url: `https://creativecommons.org/licenses/${kind.toLowerCase()}/${version}/`,
  conditions: conditionsOf[kind] ?? [],
  mayBeDefault: version === '4.0' && ['BY', 'BY-SA'].includes(kind),
})

const zero: Licence = {
  id: 'CC0-1.0',
  name: 'CC0 1.0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
  conditions: ['zero'],
  mayBeDefault: true,
}

/** Every licence the wiki knows, in the order it offers them. */
export const licences: readonly Licence[] = [
  creativeCommons('BY-SA', '4.0'),
  creativeCommons('BY', '4.0'),
  zero,
  ...['BY-NC', 'BY-ND', 'BY-NC-SA', 'BY-NC-ND'].map(kind => creativeCommons(kind, '4.0')),
  ...['3.0', '2.5', '2.0', '1.0'].flatMap(version =>
    Object.keys(conditionsOf).map(kind => creativeCommons(kind, version)),
  ),
  {
    id: 'public-domain',
    name: 'Public domain',
    url: 'https://creativecommons.org/publicdomain/mark/1.0/',
    conditions: ['zero'],
    mayBeDefault: false,
  },
  { id: 'all-rights-reserved', name: 'All rights reserved', url: null, conditions: ['reserved'], mayBeDefault: false },
]

const byId = new Map(licences.map(licence => [licence.id, licence]))

/** The licence with this id, if the wiki knows it. */
export const licenceById = (id: string): Licence | undefined => byId.get(id)

/** The licence with this id; one that a newer or another wiki knew is shown by its id alone. */
export const licenceNamed = (id: string): Licence =>
  byId.get(id) ?? { id, name: id, url: null, conditions: [], mayBeDefault: false }

/** Those a wiki may choose for what people write there. */
export const defaultLicences = licences.filter(licence => licence.mayBeDefault)

/** Reads a licence from what people and files write: `CC BY 3.0`, `cc-by-sa-4.0`, `CC0`, an address, `public domain`. */
export function licenceFrom(text: string): Licence | undefined {
  const key = text
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?creativecommons\.org\/(licenses|publicdomain)\//, 'cc-')
    .replace(/[\s/_-]+/g, '-')
    .replace(/^-|-(legalcode|deed.*)?$/g, '')
  if (/^(cc-)?(cc)?-?zero|^cc-?0/.test(key)) return zero
  if (/^cc-mark|^pd$|^public-domain/.test(key)) return byId.get('public-domain')
  if (/^(all-rights-reserved|copyright|©)/.test(key)) return byId.get('all-rights-reserved')
  const cc = /^(?:cc-)?(by(?:-nc)?(?:-sa|-nd)?)(?:$|-v?(\d(?:\.\d)?)(?:-|$))/.exec(key)
  const version = cc?.[2] && (cc[2].includes('.') ? cc[2] : `${cc[2]}.0`)
  return cc?.[1] ? byId.get(`CC-${cc[1].toUpperCase()}-${version ?? '4.0'}`) : undefined
}
