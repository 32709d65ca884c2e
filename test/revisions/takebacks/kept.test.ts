import { expect, test } from 'vitest'
import { fromCanonical } from '../../../shared/document/canonical.ts'
import { fragmentOf } from '../../../shared/document/live.ts'
import { patch } from '../../../shared/document/patch.ts'
import { toText } from '../../../shared/document/text.ts'
import { paragraphs } from '../../support/documents.ts'
import { as, type Member } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { draftOf, edits, starts, types } from '../writers.ts'

const [first, second, third] = ['The oak of the village is very old.', 'It stands behind the church.', 'It is hollow.']

/** A page of two revisions by Ada; in a line of its draft Bo has written, and Cleo has moved that line since. */
async function moved() {
  const wiki = await freshWiki()
  const [ada, bo, cleo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const mo = await as(wiki, 'moderator')
  const { id } = await starts(ada, 'Oak', [first, second, third].join('\n\n'))
  const markdown = [first, second, 'They cut it down.'].join('\n\n')
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, { markdown })).statusCode).toBe(201)
  await types(wiki, bo, id, 'it down.', ' Who asked them to?')
  await edits(wiki, cleo, id, ydoc =>
    patch(fragmentOf(ydoc), paragraphs('They cut it down. Who asked them to?', first, second)),
  )
  const kept = async (who: Member) =>
    (await wiki.drafts.passagesOf(wiki.db.read, id, who.person.id)).map(({ document }) =>
      toText(fromCanonical(document)).trim(),
    )
  return { wiki, bo, cleo, mo, id, kept }
}

test.each([
  ['a restore', 'restorations', () => ({ revision: 1 }), [first, second, third]],
  ['a rollback', 'rollbacks', (bo: Member) => ({ person: bo.person.id }), ['They cut it down.', first, second]],
  ['a discard', 'discards', () => ({ of: 'all' }), [first, second, 'They cut it down.']],
])(
  'words that %s displaces are kept for whoever typed them, not for whoever moved their line',
  async (_, act, body, left) => {
    const { wiki, bo, cleo, mo, id, kept } = await moved()
    const reply = await mo.post(`/api/v1/pages/${id}/${act}`, body(bo))
    expect(reply.statusCode, reply.body).toBeLessThan(300)
    expect(await draftOf(wiki, id)).toEqual(left)
    expect(await kept(bo)).toEqual(['Who asked them to?'])
    expect(await kept(cleo)).toEqual([])
  },
)

test('words typed straight before one that an undo takes out are joined to no other, and kept once', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'Its roots go deeper than most trees around it.')
  await types(wiki, bo, id, 'deeper ', 'More by Bo.Bo adds a word. ')
  await bo.post(`/api/v1/pages/${id}/revisions`, {})
  await types(wiki, bo, id, 'by Bo.', ' They reach')
  expect((await ada.post(`/api/v1/pages/${id}/undos`, { revision: 2 })).statusCode).toBe(201)
  expect(await draftOf(wiki, id)).toEqual(['Its roots go deeper  They reachBo than most trees around it.'])
  expect(await wiki.drafts.passagesOf(wiki.db.read, id, bo.person.id)).toEqual([])
})

test.each(['The oak.', 'It is very old.'])(
  'words typed in half a line (%s) are in the whole one when its parting is undone',
  async half => {
    const wiki = await freshWiki()
    const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
    const { id } = await starts(ada, 'Oak', 'The oak. It is very old.\n\nThe end.')
    await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'The oak.\n\nIt is very old.\n\nThe end.' })
    await types(wiki, bo, id, half, ' 树木')
    expect((await ada.post(`/api/v1/pages/${id}/undos`, { revision: 2 })).statusCode).toBe(201)
    expect(await draftOf(wiki, id)).toEqual(['The oak. It is very old.'.replace(half, `${half} 树木`), 'The end.'])
    expect(await wiki.drafts.passagesOf(wiki.db.read, id, bo.person.id)).toEqual([])
  },
)
