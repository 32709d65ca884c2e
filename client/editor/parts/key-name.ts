const isMac = typeof navigator !== 'undefined' && /Mac|iP(?:hone|ad|od)/.test(navigator.platform)

const marks: Record<string, string> = { Alt: '⌥', Shift: '⇧', Mod: '⌘', ArrowUp: '↑', ArrowDown: '↓' }
const words: Record<string, string> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓' }

/** A key as it stands on the keyboard in front of the person: `Mod-Shift-8` is `Ctrl+Shift+8` or `⌘⇧8`. */
export function keyName(key: string): string {
  const parts = key.split('-').map(part => (isMac ? (marks[part] ?? part) : (words[part] ?? part)))
  return parts.map(part => (part.length === 1 ? part.toUpperCase() : part)).join(isMac ? '' : '+')
}
