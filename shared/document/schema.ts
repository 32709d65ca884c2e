/**
 * The constitution of every text in the wiki: pages, and the bodies of posts. Editor, server, difference, export and
 * search derive from it. It is closed: tools that come later find their nodes here already, so no page needs migrating.
 *
 * Lines, not towers: paragraphs, headings and list items are one node whose kind is an attribute, and every block has
 * `indent` and `quote` instead of being wrapped. Changing an attribute keeps the identity of the text in a live draft,
 * changing a node's type or wrapping it does not.
 */
import { type MarkSpec, type NodeSpec, Schema } from 'prosemirror-model'
import { tableNodes } from './table.ts'
import { attribute, lineKinds } from './attributes.ts'

/** Raised with every change to the nodes, marks or attributes below; clients with an older one are told to reload. */
export const schemaVersion = 1

const { text, flag, oneOf, whole, reference, block } = attribute

const nodes = {
  doc: { content: 'block+' },

  line: {
    group: 'block content flow',
    content: 'inline*',
    attrs: {
      kind: oneOf('paragraph', lineKinds),
      /** 1 to 6, for headings. */
      level: whole(2, 1, 6),
      /** For ordered items: the number this item starts a new list with; null continues the list above. */
      start: whole(null, 0, 999_999_999),
      /** For tasks. */
      checked: flag(false),
      align: oneOf(null, [null, 'start', 'center', 'end', 'justify']),
      ...block,
    },
  },
  code_block: {
    group: 'block content flow',
    content: 'text*',
    marks: '',
    code: true,
    defining: true,
    attrs: { language: text(''), ...block },
  },
  /** A displayed formula; its text is TeX. */
  math: { group: 'block content flow', content: 'text*', marks: '', code: true, defining: true, attrs: { ...block } },
  /** A picture, sound, film or file; its content is the caption. */
  figure: {
    group: 'block content flow',
    content: 'phrase*',
    isolating: true,
    attrs: {
      medium: oneOf('image', ['image', 'audio', 'video', 'file']),
      src: text(''),
      alt: text(''),
      decorative: flag(false),
      credit: text(''),
      /** In percent of the measure; null is the natural width. */
      width: whole(null, 1, 100),
      ...block,
    },
  },
  rule: { group: 'block content flow', attrs: { ...block } },
  /** A card for a link. */
  embed: {
    group: 'block content flow',
    atom: true,
    attrs: { href: text(''), title: text(''), description: text(''), ...block },
  },
  /** A passage of another page, shown in this one. */
  transclusion: {
    group: 'block content',
    atom: true,
    attrs: { page: text(''), section: text(''), revision: whole(null, 1, 999_999_999), ...block },
  },
  ...tableNodes,
  callout: {
    group: 'block',
    content: 'content+',
    defining: true,
    attrs: { kind: oneOf('note', ['note', 'tip', 'important', 'warning', 'caution']), ...block },
  },
  /** Folds away; its first line is the summary. */
  details: { group: 'block', content: 'line content*', defining: true, attrs: { open: flag(false), ...block } },

  text: { group: 'inline phrase' },
  hard_break: { inline: true, group: 'inline phrase', selectable: false, linebreakReplacement: true },
  /** A note whose text stands where it belongs; it is numbered and set below when shown. */
  footnote: { inline: true, group: 'inline', content: 'phrase*', isolating: true },
  citation: {
    inline: true,
    group: 'inline phrase',
    atom: true,
    attrs: { source: text(''), locator: text(''), label: text('') },
  },
  math_inline: { inline: true, group: 'inline phrase', atom: true, attrs: { tex: text('') } },
  image: {
    inline: true,
    group: 'inline phrase',
    atom: true,
    // A link around a picture is its own `href`: a live draft can hold marks on text only.
    attrs: { src: text(''), alt: text(''), title: text(''), href: text(''), width: whole(null, 1, 4096) },
  },
  /**
   * A link that shows the page's current title: by the page's id, or, while no such page exists, by the title it would
   * have. A link with words of its own is the mark `link` with the address `/p/<id>`.
   */
  page_link: {
    inline: true,
    group: 'inline phrase',
    atom: true,
    attrs: { page: reference, title: text(''), label: text('') },
  },
  mention: { inline: true, group: 'inline phrase', atom: true, attrs: { person: reference, handle: text('') } },
} satisfies Record<string, NodeSpec>

const marks = {
  link: { inclusive: false, attrs: { href: text(''), title: text('') } },
  lang: { attrs: { lang: text(''), dir: oneOf(null, [null, 'ltr', 'rtl']) } },
  strong: {},
  em: {},
  underline: {},
  strike: {},
  sub: { excludes: 'sup' },
  sup: { excludes: 'sub' },
  code: { code: true },
} satisfies Record<string, MarkSpec>

export type NodeName = keyof typeof nodes
export type MarkName = keyof typeof marks

export const schema = new Schema<NodeName, MarkName>({ nodes, marks })

/** A page with nothing on it: one empty paragraph. */
export const emptyDocument = () => schema.node('doc', null, [schema.node('line')])
