import { baseKeymap, chainCommands } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import type { Command, Plugin } from 'prosemirror-state'
import { redoCommand, undoCommand } from 'y-prosemirror'
import { plainer } from './commands/backspace.ts'
import { insertBreak, leaveCode, leaveInset, splitLine } from './commands/enter.ts'
import { insertFootnote, toVerbatim } from './commands/insert.ts'
import { toggleChecked, toggleKind } from './commands/kind.ts'
import { toggle } from './commands/marks.ts'
import { backTab, tab } from './commands/tab.ts'
import { toggleQuote } from './commands/depth.ts'
import { undoInputRule } from './input-rules.ts'

/** What the keys ask of the room around the text. */
export interface Asks {
  link: Command
  publish: Command
  help: Command
  moveUp: Command
  moveDown: Command
}

/** Every key of the text; the help dialog lists the same ones. */
export function keys(asks: Asks): Plugin[] {
  const headings = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map(level => [`Mod-Alt-${level}`, toggleKind('heading', level)]),
  )
  return [
    keymap({
      'Mod-z': undoCommand,
      'Mod-y': redoCommand,
      'Shift-Mod-z': redoCommand,
      'Mod-b': toggle('strong'),
      'Mod-i': toggle('em'),
      'Mod-u': toggle('underline'),
      'Mod-e': toggle('code'),
      'Mod-Shift-x': toggle('strike'),
      'Mod-k': asks.link,
      'Mod-/': asks.help,
      ...headings,
      'Mod-Alt-0': toggleKind('paragraph'),
      'Mod-Shift-7': toggleKind('ordered'),
      'Mod-Shift-8': toggleKind('bullet'),
      'Mod-Shift-9': toggleKind('task'),
      'Mod-Shift-b': toggleQuote,
      'Mod-Alt-c': toVerbatim('code_block'),
      'Mod-Alt-f': insertFootnote,
      'Alt-Enter': toggleChecked,
      'Alt-ArrowUp': asks.moveUp,
      'Alt-ArrowDown': asks.moveDown,
      Tab: tab,
      'Shift-Tab': backTab,
      Enter: chainCommands(leaveInset, leaveCode, splitLine),
      'Shift-Enter': insertBreak,
      'Mod-Enter': asks.publish,
      Backspace: chainCommands(undoInputRule, plainer),
    }),
    keymap(baseKeymap),
  ]
}
