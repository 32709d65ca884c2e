import { expect, test } from 'vitest'
import { as } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { restructures, restructuring } from '../restructuring.ts'
import { starts, types } from '../writers.ts'
import { writtenBy } from './support.ts'

const markdown = `The oak of the village is very old and stands alone.

Short.

It stands behind the church of the village, in the shade.

- one thing
- another thing that nobody wants to do today
  - nested thing which belongs to the other one

| first column | second column |
|---|---|
| cat dog and other animals | fish in the water |

> A remark of some kind, with words that matter.

Roots\\
and twigs.
`
const typed = {
  oak: ' 树木',
  church: ' كبير',
  another: ' 事情',
  cat: ' 猫',
  Short: '短',
  remark: ' 话',
  one: ' 一',
  dog: '狗 ',
  Roots: ' 根',
  twigs: ' 枝',
}

test('words typed in a line of somebody else keep their author, whoever moves, parts, joins or wraps that line', async () => {
  const wiki = await freshWiki()
  const [ada, bo, cleo] = await Promise.all(['Ada', 'Bo', 'Cleo'].map(name => as(wiki, 'member', { name })))
  if (!ada || !bo || !cleo) throw new Error('three people take part')
  const wanted = Object.values(typed).join('').replaceAll(' ', '')
  for (const kind of restructuring)
    for (let where = 0; where < 12; where++) {
      const page = await starts(ada, `Oak ${kind} ${where}`, markdown)
      for (const [behind, words] of Object.entries(typed)) await types(wiki, bo, page.id, behind, words)
      const changed = await restructures(wiki, cleo, page.id, { kind, where })
      if (!changed) continue
      expect((await cleo.post(`/api/v1/pages/${page.id}/revisions`, {})).statusCode).toBe(201)
      const written = await writtenBy(wiki, page.id, 2)
      const bos = written.filter(passage => passage.startsWith('Bo')).map(passage => passage.slice('Bo 2: '.length))
      const done = [kind, where]
      expect([...done, ...bos.join('').replaceAll(/\s/g, '')].toSorted()).toEqual([...done, ...wanted].toSorted())
      // A line break is no word: the one in a line that was written anew is whoever's who did that.
      const cleos = written.filter(passage => passage.startsWith('Cleo') && passage !== 'Cleo 2: \ufffc')
      expect([...done, cleos]).toEqual([...done, []])
    }
})
