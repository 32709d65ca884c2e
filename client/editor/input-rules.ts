import { InputRule, inputRules, undoInputRule } from 'prosemirror-inputrules'
import type { Plugin, EditorState, Transaction } from 'prosemirror-state'
import { type MarkName, schema } from '../../shared/document/schema.ts'

import { depthOf } from './commands/blocks.ts'

export { undoInputRule }

/** Markdown as it is typed. Each can be taken back with Backspace or undo, which leaves the signs as they were typed. */
export function markdownShortcuts(): Plugin {
  return inputRules({
    rules: [
      line(/^(#{1,6}) $/, match => ({ kind: 'heading', level: match[1]?.length ?? 2 })),
      line(/^[-*+] $/, () => ({ kind: 'bullet' })),
      line(/^(\d{1,9})[.)] $/, (match, state, at) => ({
        kind: 'ordered',
        start: startOf(Number(match[1]), state, at),
      })),
      line(/^\[( |x|X)?\] $/, match => ({ kind: 'task', checked: match[1]?.toLowerCase() === 'x' })),
      new InputRule(/^> $/, (state, _match, start, end) => {
        const $start = state.doc.resolve(start)
        if ($start.parent.type !== schema.nodes.line) return null
        const depth = Math.min(8, Number($start.parent.attrs['quote']) + 1)
        return state.tr.delete(start, end).setNodeAttribute($start.before(), 'quote', depth)
      }),
      new InputRule(/^```([\w+#-]*)[ \n]$/, (state, match, start, end) => verbatim(state, start, end, match[1] ?? '')),
      new InputRule(/^(?:---|\*\*\*|___)$/, rule),
      mark(/(?:^|[^*\w])(\*\*([^*\s](?:[^*]*[^*\s])?)\*\*)$/, 'strong'),
      mark(/(?:^|[^*\w])(\*([^*\s](?:[^*]*[^*\s])?)\*)$/, 'em'),
      mark(/(?:^|[^_\w])(_([^_\s](?:[^_]*[^_\s])?)_)$/, 'em'),
      mark(/(?:^|[^`])(`([^`]+)`)$/, 'code'),
      mark(/(?:^|[^~])(~~([^~]+)~~)$/, 'strike'),
    ],
  })
}

/** A number that the list above would have given is no start of its own. */
function startOf(number: number, state: EditorState, at: number): number | null {
  const before = state.doc.resolve(state.doc.resolve(at).before()).nodeBefore
  return before?.attrs['kind'] === 'ordered' || number === 1 ? null : number
}

function line(
  pattern: RegExp,
  attributes: (match: RegExpMatchArray, state: EditorState, at: number) => Record<string, unknown>,
): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start)
    if ($start.parent.type !== schema.nodes.line) return null
    const change = state.tr.delete(start, end)
    for (const [name, value] of Object.entries(attributes(match, state, start)))
      change.setNodeAttribute($start.before(), name, value)
    return change
  })
}

function verbatim(state: EditorState, start: number, end: number, language: string): Transaction | null {
  const $start = state.doc.resolve(start)
  const { parent } = $start
  if (parent.type !== schema.nodes.line || $start.node(-1).type === schema.nodes.details) return null
  return state.tr
    .delete(start, end)
    .setNodeMarkup($start.before(), schema.nodes.code_block, { language, ...depthOf(parent) })
}

function rule(state: EditorState, _match: RegExpMatchArray, start: number): Transaction | null {
  const $start = state.doc.resolve(start)
  const { parent } = $start
  if (parent.type !== schema.nodes.line || parent.content.size !== 2 || $start.node(-1).type === schema.nodes.details)
    return null
  return state.tr.delete(start, start + 2).insert($start.before(), schema.node('rule', depthOf(parent)))
}

function mark(pattern: RegExp, name: MarkName): InputRule {
  return new InputRule(
    pattern,
    (state, match, _start, end) => {
      const [, signs, words] = match
      if (!signs || !words || state.doc.resolve(end).parent.type.spec.code) return null
      // The last sign is not in the text yet: it is what was just typed.
      const from = end - signs.length + 1
      const before = signs.indexOf(words)
      const type = schema.marks[name]
      const change = state.tr
      if (end > from + before + words.length) change.delete(from + before + words.length, end)
      change.delete(from, from + before)
      return change.addMark(from, from + words.length, type.create()).removeStoredMark(type)
    },
    { inCodeMark: false },
  )
}
