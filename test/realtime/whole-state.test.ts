import { splitBlock } from 'prosemirror-commands'
import { TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { editorOn } from '../editor/live.ts'
import { write } from '../support/live-frames.ts'
import { as } from '../support/people.ts'
import { liveWiki, opens, until } from './support.ts'

test.each(['with everything that is there', 'with what was removed long ago'])(
  'whoever tells of all that is gone with every change, %s, takes no words back that a colleague moved',
  async kind => {
    const wiki = await liveWiki()
    const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
    const page = await wiki.page('An oak is old. A birch is white.', 'An elm.')
    const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
    const editor = editorOn(bos.ydoc)
    editor.view.dispatch(editor.state.tr.delete(1, 4))
    await bos.saved()
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 12)))
    splitBlock(editor.state, editor.view.dispatch)
    const after = 'oak is old.\n A birch is white.\nAn elm.'
    await until(adas.ydoc, () => adas.shows() === after)

    const all = kind.startsWith('with everything')
    const known = all ? undefined : Y.encodeStateVector(adas.ydoc)
    adas.ydoc.on('update', () => adas.provider.ws?.send(write.update(Y.encodeStateAsUpdate(adas.ydoc, known))))
    adas.types('An elm', ' so tall')
    await adas.saved()
    expect(await wiki.logged(page)).toBe(after.replace('An elm', 'An elm so tall'))
  },
)
