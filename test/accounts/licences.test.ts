import { expect, test } from 'vitest'
import { defaultLicences, licenceById, licenceFrom, licenceNamed, licences } from '../../shared/licensing/licences.ts'
import { visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

test('a wiki may choose a free licence only', () => {
  expect(defaultLicences.map(licence => licence.id)).toEqual(['CC-BY-SA-4.0', 'CC-BY-4.0', 'CC0-1.0'])
})

test.each([
  ['CC BY 4.0', 'CC-BY-4.0'],
  ['CC-BY-SA-4.0', 'CC-BY-SA-4.0'],
  ['cc by-sa 3.0', 'CC-BY-SA-3.0'],
  ['https://creativecommons.org/licenses/by-nc-sa/4.0/', 'CC-BY-NC-SA-4.0'],
  ['https://creativecommons.org/licenses/by/3.0/legalcode', 'CC-BY-3.0'],
  ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
  ['CC0', 'CC0-1.0'],
  ['CC0 1.0', 'CC0-1.0'],
  ['Public domain', 'public-domain'],
  ['All rights reserved', 'all-rights-reserved'],
])('%s is read as %s', (text, id) => expect(licenceFrom(text)?.id).toBe(id))

test.each(['', 'MIT', 'by the sea', 'CC BY 9.0'])('%j is read as no licence', text =>
  expect(licenceFrom(text)).toBeUndefined(),
)

test('every licence is found by its id and by its own name', () => {
  for (const licence of licences) {
    expect(licenceById(licence.id)).toBe(licence)
    expect(licenceFrom(licence.name)).toBe(licence)
  }
  expect(licenceNamed('Licence-of-tomorrow').name).toBe('Licence-of-tomorrow')
})

test('programs are told which licences there are', async () => {
  const { licences: told } = (await visitor(await freshWiki()).get('/api/v1/licences')).json()
  expect(told).toHaveLength(licences.length)
})
