import { parseDocument } from 'htmlparser2'

interface Element {
  name?: string
  attribs?: Record<string, string>
  children?: Element[]
}

/** Everything that a browser would run or load from elsewhere. */
export function runs(html: string): string[] {
  const found: string[] = []
  const visit = ({ name = '', attribs = {}, children = [] }: Element) => {
    if (name === 'script' && !attribs['src']?.startsWith('/assets/')) found.push('script')
    if (['iframe', 'object', 'embed', 'base', 'style'].includes(name)) found.push(name)
    for (const [key, value] of Object.entries(attribs)) {
      if (/^on|^style$/i.test(key)) found.push(key)
      if (/^(href|src|action|formaction)$/i.test(key) && /^[\s\p{Cc}]*(javascript|data|vbscript):/iu.test(value))
        found.push(value)
      if (key === 'src' && !value.startsWith('/')) found.push(value)
    }
    children.forEach(visit)
  }
  visit(parseDocument(html) as unknown as Element)
  return found
}
