import type { Node } from 'prosemirror-model'

type Attributes = Record<string, string>

/** What every block shows of where it stands: the sheet turns indent and quotation depth into space and bars. */
export function placed(node: Node, classes: string, more: Attributes = {}): Attributes {
  const { indent, quote, dir, align } = node.attrs
  return {
    class: classes,
    // A block without a direction of its own goes by its first strong letter, as the reader's page does.
    dir: typeof dir === 'string' ? dir : 'auto',
    ...(indent > 0 && { 'data-indent': String(indent) }),
    ...(quote > 0 && { 'data-quote': String(quote) }),
    ...(typeof align === 'string' && { 'data-align': align }),
    ...more,
  }
}

/** The same for a block that holds others. It goes the page's way: `auto` would find no letter of its own to go by. */
export function around(node: Node, classes: string, more: Attributes = {}): Attributes {
  const { dir, ...rest } = placed(node, classes, more)
  return dir === undefined || dir === 'auto' ? rest : { ...rest, dir }
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
