import type { Command, EditorState } from 'prosemirror-state'
import { redoCommand, undoCommand } from 'y-prosemirror'
import { indent, isQuoted, outdent, toggleQuote } from './commands/depth.ts'
import { insertFootnote, insertRule, insertTable, toVerbatim } from './commands/insert.ts'
import { isKind, toggleKind } from './commands/kind.ts'
import { hasMark, linkAt, toggle } from './commands/marks.ts'
import { toCallout, toDetails, unwrap } from './commands/wrap.ts'
import type { Icon } from './icons.ts'
import type { Ask } from './asks.ts'

/** Something that can be done to the text: it has one name, one picture and one key wherever it is offered. */
export interface Tool {
  /** Its words are `tool.<id>`, and `tool.<id>.hint` where the slash menu explains it. */
  id: string
  icon: Icon
  /** Either a command on the text, or a question that a dialog asks first. */
  run: Command | Ask
  isOn?: (state: EditorState) => boolean
  /** As ProseMirror writes keys. */
  key?: string
  /** What to type instead, shown in the slash menu. */
  shortcut?: string
}

const tool = (id: string, icon: Icon, run: Tool['run'], more: Partial<Tool> = {}): Tool => ({ id, icon, run, ...more })
const markTool = (name: Parameters<typeof toggle>[0], icon: Icon, key?: string): Tool =>
  tool(name, icon, toggle(name), { isOn: state => hasMark(state, name), ...(key && { key }) })
const kindTool = (kind: 'bullet' | 'ordered' | 'task', icon: Icon, key: string, shortcut: string): Tool =>
  tool(kind, icon, toggleKind(kind), { isOn: state => isKind(state, kind), key, shortcut })

export const tools = {
  undo: tool('undo', 'undo', undoCommand, { key: 'Mod-z' }),
  redo: tool('redo', 'redo', redoCommand, { key: 'Mod-Shift-z' }),
  strong: markTool('strong', 'bold', 'Mod-b'),
  em: markTool('em', 'italic', 'Mod-i'),
  code: markTool('code', 'code', 'Mod-e'),
  underline: markTool('underline', 'underline', 'Mod-u'),
  strike: markTool('strike', 'strike', 'Mod-Shift-x'),
  sup: markTool('sup', 'sup'),
  sub: markTool('sub', 'sub'),
  link: tool('link', 'link', 'link', { isOn: state => linkAt(state) !== undefined, key: 'Mod-k' }),
  bullet: kindTool('bullet', 'list', 'Mod-Shift-8', '-'),
  ordered: kindTool('ordered', 'ordered', 'Mod-Shift-7', '1.'),
  task: kindTool('task', 'task', 'Mod-Shift-9', '[ ]'),
  quote: tool('quote', 'quote', toggleQuote, { isOn: isQuoted, key: 'Mod-Shift-b', shortcut: '>' }),
  table: tool('table', 'table', insertTable(3, 3)),
  figure: tool('figure', 'image', 'figure'),
  footnote: tool('footnote', 'footnote', insertFootnote, { key: 'Mod-Alt-f' }),
  codeBlock: tool('code-block', 'codeBlock', toVerbatim('code_block'), { key: 'Mod-Alt-c', shortcut: '```' }),
  math: tool('math', 'math', toVerbatim('math')),
  formula: tool('formula', 'math', 'formula'),
  rule: tool('rule', 'rule', insertRule, { shortcut: '---' }),
  note: tool('note', 'info', toCallout('note')),
  tip: tool('tip', 'info', toCallout('tip')),
  warning: tool('warning', 'alert', toCallout('warning')),
  details: tool('details', 'details', toDetails),
  unwrap: tool('unwrap', 'x', unwrap),
  indent: tool('indent', 'indent', indent, { key: 'Tab' }),
  outdent: tool('outdent', 'outdent', outdent, { key: 'Shift-Tab' }),
  moveUp: tool('move-up', 'arrowUp', 'moveUp', { key: 'Alt-ArrowUp' }),
  moveDown: tool('move-down', 'arrowDown', 'moveDown', { key: 'Alt-ArrowDown' }),
  language: tool('language', 'languages', 'language'),
  start: tool('start', 'ordered', 'start'),
  pageLink: tool('page-link', 'pageLink', 'link', { shortcut: '[[' }),
  source: tool('source', 'source', 'source'),
  help: tool('help', 'keyboard', 'help', { key: 'Mod-/' }),
} satisfies Record<string, Tool>

export const heading = (level: number): Tool =>
  tool(`heading-${level}`, 'heading', toggleKind('heading', level), {
    isOn: state => isKind(state, 'heading', level),
    key: `Mod-Alt-${level}`,
    shortcut: '#'.repeat(level),
  })
export const paragraph = tool('paragraph', 'paragraph', toggleKind('paragraph'), { key: 'Mod-Alt-0' })
