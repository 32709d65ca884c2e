import * as Y from 'yjs'
import { membersOf } from '../../shared/document/live.ts'

/**
 * The words of a draft that the server has not confirmed, as they stand on the screen: a line for each block that holds
 * some. It reads what is there, whether or not it would be a sound page.
 */
export function unconfirmedWords(
  fragment: Y.XmlFragment,
  isUnconfirmed: (client: number, clock: number) => boolean,
): string {
  const lines: string[] = []
  const visit = (parent: Y.XmlFragment) => {
    const line: string[] = []
    for (const member of membersOf(parent)) {
      if (member instanceof Y.XmlText) line.push(...passages(member, isUnconfirmed))
      else if (member instanceof Y.XmlElement) visit(member)
    }
    const words = line.join(' … ').trim()
    if (words !== '') lines.push(words)
  }
  visit(fragment)
  return lines.join('\n')
}

/** All words, where the page cannot be written as anything better. */
export const allWords = (fragment: Y.XmlFragment): string => unconfirmedWords(fragment, () => true)

function passages(text: Y.XmlText, isUnconfirmed: (client: number, clock: number) => boolean): string[] {
  const found: string[] = []
  let passage = ''
  const end = () => {
    if (passage.trim() !== '') found.push(passage.trim())
    passage = ''
  }
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const { client, clock } = item.id
    for (const [at, letter] of item.content.str.split('').entries())
      if (isUnconfirmed(client, clock + at)) passage += letter
      else end()
  }
  end()
  return found
}
