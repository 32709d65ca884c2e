import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { copyOf } from '../support/drafts.ts'
import { type Line, lineOf, siege, textOf, updateOf } from './siege.ts'

/** Puts anything at all where an attribute of a line stands. */
const attribute = (name: string, value: unknown) => (ydoc: Y.Doc) => lineOf(ydoc).setAttribute(name, value as string)

/** Values nested in one another, deeper than any stack. */
function tower(depth: number): unknown {
  let value: unknown = 'top'
  for (let n = 0; n < depth; n++) value = [value]
  return value
}

const edits: Record<string, (ydoc: Y.Doc) => void> = {
  'a node named __proto__': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('__proto__')]),
  'a node named constructor': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('constructor')]),
  'a node named toString': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('toString')]),
  'the root as a node': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('doc')]),
  'a node named text': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('text')]),
  'a node without a name': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('')]),
  'a hook': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlHook('evil') as unknown as Y.XmlElement]),
  'an attribute named __proto__': attribute('__proto__', 'polluted'),
  'an attribute named constructor': attribute('constructor', 'polluted'),
  'a number that is none': attribute('level', Number.NaN),
  'a number without end': attribute('indent', Number.POSITIVE_INFINITY),
  'a number below zero': attribute('indent', -1),
  'a number that is too large': attribute('indent', 2 ** 53),
  'a number that is no integer': attribute('level', 1.5),
  'a big integer': attribute('level', 2n ** 62n),
  'no value at all': attribute('level', undefined),
  'bytes for a value': attribute('kind', new Uint8Array(10)),
  'an object for a value': attribute('kind', { toString: 'evil' }),
  'a list for a value': attribute('kind', ['paragraph']),
  'an object with a prototype for a value': attribute('kind', JSON.parse('{"__proto__":{"polluted":true}}')),
  'a type for a value': attribute('kind', new Y.XmlText('paragraph')),
  'a map for a value': attribute('kind', new Y.Map()),
  'a tower of lists for a value': attribute('kind', tower(500)),
  'a mark named __proto__': ydoc => textOf(ydoc).format(0, 2, JSON.parse('{"__proto__":{}}') as object),
  'a mark named constructor': ydoc => textOf(ydoc).format(0, 2, JSON.parse('{"constructor":{}}') as object),
  'a mark that hides one that does not exist': ydoc =>
    textOf(ydoc).format(0, 2, JSON.parse('{"__proto__":{"blink":{}}}') as object),
  'an attribute that hides one of the wrong type': attribute('__proto__', { level: '2' }),
  'a link whose address is a number': ydoc => textOf(ydoc).format(0, 2, { link: { href: 5, title: '' } }),
  'a mark whose value is a tower': ydoc => textOf(ydoc).format(0, 2, { strong: tower(500) as object }),
  'a mark with attributes it does not have': ydoc => textOf(ydoc).format(0, 2, { strong: { onclick: 'x' } }),
  'a link that runs, in capitals and with a tab': ydoc =>
    textOf(ydoc).format(0, 2, { link: { href: 'JaVa\tScript:alert(1)', title: '' } }),
  'a link to data': ydoc =>
    textOf(ydoc).format(0, 2, { link: { href: 'data:text/html,<script>alert(1)</script>', title: '' } }),
  'an attribute on text': ydoc => textOf(ydoc).setAttribute('evil', 'x'),
  'an element in the text': ydoc => textOf(ydoc).insertEmbed(0, new Y.XmlElement('line')),
  'a text in the text': ydoc => textOf(ydoc).insertEmbed(0, new Y.XmlText('deep')),
  'an array as a root': ydoc => ydoc.getArray('page2').push([1]),
  'a map as a root': ydoc => ydoc.getMap('__proto__').set('a', 1),
  'a value among the blocks': ydoc => fragmentOf(ydoc).insert(0, ['evil' as unknown as Y.XmlText]),
  'a key of the root': ydoc => {
    ydoc.transact(transaction => {
      new Y.Item(
        Y.createID(ydoc.clientID, 0),
        null,
        null,
        null,
        null,
        fragmentOf(ydoc),
        'evil',
        new Y.ContentAny([1]),
      ).integrate(transaction, 0)
    })
  },
  'a table without rows': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('table')]),
  'a row outside of a table': ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('row')]),
  'everything deleted but a rule with text in it': ydoc => {
    const rule = new Y.XmlElement('rule')
    rule.insert(0, [new Y.XmlText('text')])
    fragmentOf(ydoc).insert(0, [rule])
  },
}

test('edits that no editor makes are refused, and cost their sender the connection', async () => {
  const besieged = await siege()
  const codes: Record<string, number> = {}
  await besieged.withstands(async () => {
    for (const [name, edit] of Object.entries(edits)) {
      const line = await besieged.storms()
      line.send(frames.update(updateOf(await besieged.copy(), edit)))
      // One that is let in would be called saved.
      line.send(frames.barrier(1))
      codes[name] = await Promise.race([
        line.closed,
        line.hears(frame => frame.equals(frames.barrier(1))).then(() => 0),
      ])
    }
  })
  expect(codes).toEqual(Object.fromEntries(Object.keys(edits).map(name => [name, 4422])))
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('twenty-seven bytes do not make an honest editor delete a list of a thousand items', async () => {
  const items = Array.from({ length: 1000 }, (_, n) => `item ${n}`)
  const besieged = await siege({}, ...items)
  await besieged.withstands(async () => {
    const line = await besieged.storms()
    const update = updateOf(await besieged.copy(), ydoc => {
      ydoc.clientID = 7
      fragmentOf(ydoc).insert(0, [new Y.XmlElement('li')])
    })
    expect(update.length).toBeLessThan(40)
    line.send(frames.update(update))
    expect(await line.closed).toBe(4422)
  })
})

test('edits that hang in the air are not kept, neither in memory nor on disk', async () => {
  const besieged = await siege()
  const { wiki, page } = besieged
  const size = async () => Y.encodeStateAsUpdate((await wiki.drafts.load(wiki.db.read, page)).ydoc).length
  await besieged.withstands(async () => {
    const line = await besieged.storms()
    const copy = await besieged.copy()
    for (let n = 0; n < 30 && line.socket.readyState === 1; n++) {
      textOf(copy).insert(0, 'never sent')
      line.send(frames.update(updateOf(copy, ydoc => textOf(ydoc).insert(5, 'x'.repeat(100_000)))))
      await Promise.race([line.closed, gapIn(line)])
    }
    expect(await line.closed).toBe(4508)
  })
  expect(await size()).toBeLessThan(5000)
  const { body } = await wiki.http.inject({ url: '/metrics' })
  expect(body).toContain('commonleaf_drafts_parking 0\n')
})

test('a draft is not made slow for everybody by client ids without number', async () => {
  const besieged = await siege()
  await besieged.withstands(async () => {
    const line = await besieged.storms()
    const copy = await besieged.copy()
    const swarm = updateOf(copy, ydoc => {
      for (let client = 1; client <= 3000; client++) {
        ydoc.clientID = client
        textOf(ydoc).insert(0, 'x')
      }
    })
    line.send(frames.update(swarm))
    expect(await line.farewell).toEqual({ code: 4422, reason: 'too-large' })
  })
})

test('client ids that came with refused words are nobody’s, and leave no trace', async () => {
  const besieged = await siege()
  const { wiki, page } = besieged
  const known = () => wiki.db.read.selectFrom('draft_clients').select('client_id').where('page_id', '=', page).execute()
  await besieged.withstands(async () => {
    for (let round = 0; round < 3; round++) {
      const line = await besieged.storms()
      const swarm = updateOf(await besieged.copy(), ydoc => {
        for (let client = 1; client <= 400; client++) {
          ydoc.clientID = round * 1000 + client
          fragmentOf(ydoc).insert(0, [new Y.XmlElement('iframe')])
        }
      })
      line.send(frames.update(swarm))
      expect(await line.closed).toBe(4422)
    }
  })
  expect((await known()).length).toBeLessThan(10)
})

test('an edit of too many pieces is refused whole', async () => {
  const besieged = await siege()
  await besieged.withstands(async () => {
    const line = await besieged.storms()
    const copy = new Y.Doc()
    copy.transact(() => {
      const text = copy.getText('page')
      for (let n = 0; n < 200_001; n++) text.insert(0, 'x')
    })
    line.send(frames.update(Y.encodeStateAsUpdate(copy)))
    expect([4413, 4422]).toContain(await line.closed)
  })
})

test('a poisoned edit hurts nobody, however its bytes are turned', async () => {
  const besieged = await siege()
  const lines: Line[] = []
  await besieged.withstands(async () => {
    const copy = await besieged.copy()
    copy.clientID = 4711
    const poison = updateOf(copyOf(copy), ydoc => {
      ydoc.clientID = 4711
      // Wrong in two places, so that no one turn makes it right.
      fragmentOf(ydoc).insert(fragmentOf(ydoc).length, [new Y.XmlElement('iframe')])
      lineOf(ydoc).setAttribute('indent', '0')
    })
    for (let n = 0; n < 150; n++) {
      const turned = Uint8Array.from(poison)
      const at = (n * 7) % turned.length
      turned[at] = (n * 37 + 11) % 256
      if (n % 3 === 0) turned[(at * 5 + 1) % turned.length] = 255
      let line = lines.at(-1)
      if (!line || line.socket.readyState !== 1) lines.push((line = await besieged.storms()))
      line.send(frames.update(turned))
      line.send(frames.barrier(n + 1))
      await Promise.race([line.closed, line.hears(frame => frame.equals(frames.barrier(n + 1))), gapIn(line)])
    }
  })
})

/** A question for what is missing, beyond the first, which every line hears. */
const gapIn = async (line: Line) => {
  const questions = () => line.frames.filter(frame => frame[0] === 0 && frame[1] === 0).length
  const asked = questions()
  await line.hears(() => questions() > asked)
}
