/**
 * The words of a Markdown source as a reader of the finished page meets them, found with nothing but regular
 * expressions: the tests hold the importer to it, so it must not share a line with the importer. It takes away what is
 * no word: addresses, titles of links, names of code languages, tags that only give a look, labels of notes.
 */
export function sourceWords(markdown: string): string[] {
  return wordsOf(withoutAddresses(markdown.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '')))
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

const known = new Map<string, string[]>()

/** Word-like segments of any text; a line is cut once, for the revisions of a page share most of theirs. */
export function wordsOf(text: string): string[] {
  return text.split('\n').flatMap(line => {
    let words = known.get(line)
    if (!words) known.set(line, (words = cut(line)))
    return words
  })
}

// An underscore beside a word is a sign of Markdown as often as a part of a name.
const cut = (line: string) =>
  [...segmenter.segment(line)]
    .filter(part => part.isWordLike)
    .map(part => part.segment.replace(/^_+|_+$/g, ''))
    .filter(Boolean)

const look = 'sub|sup|u|b|i|strong|em|s|del|strike|kbd|code'
const inlineOnly = new RegExp(`</?(?:${look})>|<br\\s*/?>`, 'gi')
const blockTag =
  /^ {0,3}<(?:\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)|(?:script|pre|style|textarea)(?=[\s>]|$)|!--|\?|!\[CDATA\[|![A-Za-z])/i

/** Walks the lines: code and HTML blocks stay as they are, prose loses its addresses. */
function withoutAddresses(source: string): string {
  const out: string[] = []
  let prose: string[] = []
  let fence = ''
  let html: RegExp | undefined
  const endProse = () => {
    if (prose.length > 0) out.push(cleanProse(prose.join('\n')))
    prose = []
  }
  for (const line of source.split('\n')) {
    // A quotation or an item may hold the block; its signs are no words.
    const inner = line.replace(/^(?:\s{0,3}>\s?|\s*(?:[-*+]|\d{1,9}[.)])\s{1,4}(?=```|~~~|<))+/, '')
    const mark = /^\s*(`{3,}|~{3,})/.exec(inner)?.[1]
    if (fence) {
      if (mark && mark.startsWith(fence) && /^\s*(?:`+|~+)\s*$/.test(inner)) fence = ''
      else out.push(line)
    } else if (html) {
      out.push(line)
      if (html.test(line)) html = undefined
    } else if (mark && !(mark.startsWith('`') && inner.slice(inner.indexOf(mark) + mark.length).includes('`'))) {
      endProse()
      fence = mark
    } else if (blockTag.test(inner)) {
      endProse()
      out.push(line)
      const end = endOfHtml(inner)
      if (!end.test(line)) html = end
    } else prose.push(line)
  }
  endProse()
  // Notes stand at the end, wherever a writer defines them.
  const text: string[] = []
  const notes: string[] = []
  let inNote = false
  for (const paragraph of out.flatMap(part => part.split('\n\n'))) {
    inNote = /^\s*\u2061/.test(paragraph) || (inNote && /^\s*(?: {4}|\t|$)/.test(paragraph))
    ;(inNote ? notes : text).push(paragraph)
  }
  return [...text, ...notes].join('\n').replaceAll('\u2061', '')
}

function endOfHtml(line: string): RegExp {
  if (/^\s*<!--/.test(line)) return /-->/
  if (/^\s*<(?:script|pre|style|textarea)/i.test(line)) return /<\/(?:script|pre|style|textarea)>/i
  return /^[\s>]*$/
}

const cleanProse = (text: string) =>
  text
    .replace(/^[ \t>]*#{1,6} .*$/gm, '$&\n')
    .split(/\n[ \t>]*(?=\n)/)
    .map(cleanParagraph)
    .join('\n\n')

function cleanParagraph(text: string): string {
  const spans: string[] = []
  // A blank in it keeps it from being an address, as it does in Markdown.
  const keep = (span: string) => `\u2060${/\s/.test(span) ? ' ' : ''}${spans.push(span) - 1}\u2060`
  return (
    text
      .replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{:[^}\n]*\}/g, keep)
      .replace(/(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, (_, __, inside: string) => keep(inside))
      // `[label]: address "title"` says where a link goes, nothing that is read; notes keep their words.
      .replace(
        /^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*\S+(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*$/gm,
        '',
      )
      .replace(/^ {0,3}\[\^[^\]\s]+\]:/gm, '\u2061')
      .replace(/\[\^[^\]\s]+\]/g, '')
      .replace(/<(https?:\/\/[^\s<>]+)>/g, '$1')
      .replace(inlineOnly, '')
      // A picture's title is its caption unless it repeats the alternative.
      .replace(
        /!\[([^\]]*)\]\(\s*(?:<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"([^"]*)"|'([^']*)'))?\s*\)/g,
        (whole: string, alt: string, one: string | undefined, two: string | undefined) =>
          `${alt}${caption(one ?? two, alt, whole, text)}`,
      )
      .replace(
        /\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*(?:<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g,
        '$1',
      )
      .replace(/<span(?:\s+(?:lang|dir)="[^"]*")+>([^<]*)<\/span>/g, '$1')
      // The number of an item is shown by the list, not written in it.
      .replace(/^([ \t>]*)\d{1,9}[.)](?=\s|$)/gm, '$1')
      .replace(/^([ \t>]*[-*+]\s+)\[[ xX]\](?=\s)/gm, '$1')
      .replace(/\\([!-/:-@[-`{-~])/g, '$1')
      .replace(
        /&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|nbsp|copy|mdash|ndash|hellip|times|rarr|larr|ldquo|rdquo|lsquo|rsquo|trade|reg|iquest|iexcl|laquo|raquo));/gi,
        entity,
      )
      .replace(/&([a-z])(acute|grave|circ|uml|tilde|cedil|ring);/gi, (_, letter: string, accent: string) =>
        (letter + (accents[accent.toLowerCase()] ?? '')).normalize('NFC'),
      )
      .replace(/(?<!\d)[*]+|[*]+(?!\d)|~~/g, '')
      .replace(/\u2060 ?(\d+)\u2060/g, (_, index: string) => spans[Number(index)] ?? '')
  )
}

function caption(title: string | undefined, alt: string, whole: string, paragraph: string): string {
  const isAlone = paragraph.replace(/^[\s>]+/, '').trim() === whole
  return isAlone && title && title !== alt ? ` ${title} ` : ''
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  copy: '©',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  times: '×',
  rarr: '→',
  larr: '←',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  iquest: '¿',
  iexcl: '¡',
  laquo: '«',
  raquo: '»',
  trade: '™',
  reg: '®',
}

const accents: Record<string, string> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
}

const entity = (_: string, decimal?: string, hex?: string, name?: string) =>
  name
    ? (named[name.toLowerCase()] ?? '')
    : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '20', 16))
