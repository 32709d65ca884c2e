import MarkdownIt from 'markdown-it'
import footnotes from 'markdown-it-footnote'

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
const markdown = new MarkdownIt({ html: true }).use(footnotes)
/** Tags inside a line that a document says as marks, so that their names are no words. */
const marks = /^<\/?(?:b|br|code|del|em|i|ins|kbd|s|strong|sub|sup|u)\s*\/?>$/i

/** How often each word stands in a text: what `Intl.Segmenter` calls word-like. */
export function tally(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  // Line by line: no word crosses a line, and the segmenter is slow on long texts.
  for (const line of text.split('\n'))
    for (const { segment, isWordLike } of segmenter.segment(line))
      if (isWordLike) counts.set(segment, (counts.get(segment) ?? 0) + 1)
  return counts
}

/** What a text in Markdown says to a reader: no addresses, no title or language from its front matter; HTML as it stands. */
export function saidIn(source: string): string {
  const front = /^---\n([^]*?)\n---(?:\n|$)/.exec(source)
  const [said = '', names = ''] = front ?? []
  const kept = names.split('\n').filter(line => !/^(title|lang|language|locale):/i.test(line))
  const parts = [kept.join('\n')]
  // Attributes of kramdown end what they stand below; stock Markdown would run the next line into them.
  const text = source.slice(said.length).replace(/^([> \t]*)(\{:.*\})[ \t]*$/gm, '$1$2\n$1')
  for (const token of markdown.parse(text, {})) {
    if (token.type !== 'inline') parts.push(token.content)
    else parts.push((token.children ?? []).map(inline).join(''), captionOf(token.children ?? []))
  }
  return parts.join('\n')
}

type Token = ReturnType<typeof markdown.parse>[number]

function inline(token: Token): string {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n'
  if (token.type === 'html_inline' && marks.test(token.content)) return ''
  return token.content
}

/** The title of a picture that stands alone is shown below it, unless it only repeats what the picture shows. */
function captionOf(children: Token[]): string {
  const [only, ...more] = children.filter(({ content, type }) => type !== 'text' || content.trim() !== '')
  const title = only?.type === 'image' && more.length === 0 ? String(only.attrGet('title') ?? '') : ''
  return title === only?.content ? '' : title
}

/** The words that one tally has more of than the other, for a message that helps. */
export const missing = (from: Map<string, number>, to: Map<string, number>) =>
  [...from]
    .filter(([word, count]) => (to.get(word) ?? 0) < count)
    .map(([word, count]) => `${word} (${to.get(word) ?? 0} of ${count})`)
