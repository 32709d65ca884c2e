import type { TagParseRule } from 'prosemirror-model'

/**
 * What a browser itself may write into the text while someone types (a split, a bold command). Pasted HTML does not
 * come this way: `shared/document/from-html.ts` reads it.
 */
export const parsing: { nodes: Record<string, TagParseRule[]>; marks: Record<string, TagParseRule[]> } = {
  nodes: {
    line: [{ tag: 'p' }, ...[1, 2, 3, 4, 5, 6].map(level => ({ tag: `h${level}`, attrs: { kind: 'heading', level } }))],
    hard_break: [{ tag: 'br' }],
  },
  marks: {
    strong: [{ tag: 'strong' }, { tag: 'b' }],
    em: [{ tag: 'em' }, { tag: 'i' }],
    underline: [{ tag: 'u' }],
    strike: [{ tag: 's' }, { tag: 'strike' }, { tag: 'del' }],
    sub: [{ tag: 'sub' }],
    sup: [{ tag: 'sup' }],
    code: [{ tag: 'code' }],
  },
}
