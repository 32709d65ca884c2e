import { faultInName, type Faults, only } from '../../shared/accounts/fields.ts'
import { licenceById } from '../../shared/licensing/licences.ts'
import type { Choices } from './service.ts'

/** What is wrong with choices, by field. */
export function faultsInChoices({ name, languages, licence }: Partial<Choices>): Faults {
  return only({
    name: name !== undefined && faultInName(name) !== undefined ? 'site/name' : undefined,
    languages: languages !== undefined && !areLanguages(languages) ? 'site/languages' : undefined,
    licence: licence !== undefined && !licenceById(licence)?.mayBeDefault ? 'site/licence' : undefined,
  })
}

/** The same under the names that forms use, where a person has a name too. */
export function inForm({ name, languages, ...others }: Faults): Faults {
  return { ...(name && { 'site-name': name }), ...(languages && { 'site-languages': languages }), ...others }
}

/** Language tags of BCP 47 in their usual spelling, none of them twice. */
function areLanguages(tags: readonly string[]): boolean {
  if (tags.length === 0 || tags.length > 50 || new Set(tags).size < tags.length) return false
  return tags.every(tag => tag.length <= 35 && /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag) && isCanonical(tag))
}

function isCanonical(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}
