/**
 * The one Markdown parser: GFM, footnotes, `[[page]]`, ``$`TeX`$`` and what other site builders leave in their texts,
 * which is kept as it stands. It never renders anything; `from-markdown.ts` reads its tokens.
 */
import MarkdownIt from 'markdown-it'
import footnotes from 'markdown-it-footnote'
import {
  bareAddress,
  bareBracket,
  longRun,
  mathInline,
  pageLink,
  verbatimInline,
  verbatimLine,
} from './markdown-rules.ts'

/** Blocks nested deeper than this are read as text: far beyond what a document can hold, and safe for the stack. */
const deepestNesting = 48

export const markdown = new MarkdownIt('default', { html: true, maxNesting: 100 })

// Addresses are kept as written; whether one may be linked is decided where the mark is made.
markdown.normalizeLink = address => address
markdown.normalizeLinkText = text => text
markdown.validateLink = () => true

markdown.use(footnotes)
markdown.core.ruler.disable(['footnote_tail', 'linkify', 'replacements', 'smartquotes'])
markdown.inline.ruler.disable('linkify')

const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] }
markdown.block.ruler.before('fence', 'verbatim_line', verbatimLine, interrupts)
markdown.inline.ruler.before('escape', 'verbatim_inline', verbatimInline)
markdown.inline.ruler.before('escape', 'bare_address', bareAddress)
markdown.inline.ruler.before('backticks', 'math_inline', mathInline)
markdown.inline.ruler.before('strikethrough', 'long_run', longRun)
markdown.inline.ruler.before('link', 'page_link', pageLink)
markdown.inline.ruler.before('page_link', 'bare_bracket', bareBracket)

const tokenize = markdown.block.tokenize.bind(markdown.block)
markdown.block.tokenize = (state, startLine, endLine) => {
  if (state.level < deepestNesting) {
    tokenize(state, startLine, endLine)
    return
  }
  state.push('paragraph_open', 'p', 1).map = [startLine, endLine]
  const inline = state.push('inline', '', 0)
  inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim()
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = endLine
}
