import type { EditorView } from 'prosemirror-view'
import { isSafeSource } from '../../../shared/document/addresses.ts'
import { schema } from '../../../shared/document/schema.ts'
import { directionOf } from '../../../shared/i18n/translate.ts'
import { insertFigure, insertInline } from '../commands/insert.ts'
import { setStart } from '../commands/kind.ts'
import { setLanguage } from '../commands/marks.ts'
import { setCaption } from '../commands/table.ts'
import { wrapAround } from '../commands/wrap.ts'
import { say } from '../say.ts'
import { ask, type Field } from './form.ts'

const field = (name: string, more: Partial<Field> = {}): Field => ({ name, label: say(`ask.${name}`), ...more })
const required = (name: string) => (value: string) => (value === '' ? say(`ask.${name}.missing`) : undefined)

/** A picture by its address. It says what it shows, or that it only decorates. */
export async function askFigure(view: EditorView) {
  const src = field('src', {
    kind: 'url',
    hint: say('ask.src.hint'),
    isRequired: true,
    refuses: value => (value === '' || !isSafeSource(value) ? say('ask.src.missing') : undefined),
  })
  const given = await ask(say('tool.figure'), say('ask.insert'), [
    src,
    field('alt', { hint: say('ask.alt.hint') }),
    field('decorative', { kind: 'check', hint: say('ask.decorative.hint') }),
    field('caption'),
    field('credit', { hint: say('ask.credit.hint') }),
  ])
  if (!given) return
  const text = (name: string) => given.get(name) ?? ''
  const attrs = { src: text('src'), alt: text('alt'), decorative: text('decorative') !== '', credit: text('credit') }
  insertFigure(attrs, text('caption'))(view.state, view.dispatch)
}

export async function askFormula(view: EditorView) {
  const given = await ask(say('tool.formula'), say('ask.insert'), [
    field('tex', { isRequired: true, hint: say('ask.tex.hint'), refuses: required('tex') }),
  ])
  const tex = given?.get('tex')
  if (tex) insertInline(schema.node('math_inline', { tex }))(view.state, view.dispatch)
}

export async function askLanguage(view: EditorView) {
  const isTag = (value: string) => value === '' || /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(value)
  const refuses = (value: string) => (isTag(value) ? undefined : say('ask.lang.wrong'))
  const given = await ask(say('tool.language'), say('ask.set'), [
    field('lang', { hint: say('ask.lang.hint'), refuses }),
  ])
  const lang = given?.get('lang')
  if (lang !== undefined) setLanguage(lang, lang ? directionOf(lang) : null)(view.state, view.dispatch)
}

export async function askStart(view: EditorView) {
  const refuses = (value: string) => (value === '' || /^\d{1,9}$/.test(value) ? undefined : say('ask.start.wrong'))
  const given = await ask(say('tool.start'), say('ask.set'), [
    field('start', { kind: 'number', hint: say('ask.start.hint'), refuses }),
  ])
  const start = given?.get('start')
  if (start !== undefined) setStart(start === '' ? null : Number(start))(view.state, view.dispatch)
}

export async function askCaption(view: EditorView) {
  const value = String(wrapAround(view.state, 'table')?.node.attrs['caption'] ?? '')
  const given = await ask(say('tool.caption'), say('ask.set'), [
    field('caption', { value, hint: say('ask.caption.hint') }),
  ])
  const caption = given?.get('caption')
  if (caption !== undefined) setCaption(caption)(view.state, view.dispatch)
}
