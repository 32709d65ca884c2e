/** Where a document leads: the tables of links, of wanted pages and of mentions are kept from this. */
import type { Node } from 'prosemirror-model'
import { isExternal, pageAddress } from './addresses.ts'

export interface Links {
  /** Ids of pages linked to or quoted from. */
  pages: string[]
  /** Titles of linked pages that had no id when the link was written. */
  titles: string[]
  /** Addresses on other sites, of links, cards and media. */
  external: string[]
  /** Paths within this site that are no permanent page address, and relative ones. */
  local: string[]
  /** Handles, without @. */
  mentions: string[]
  /** Addresses of pictures, sounds, films and files, here and elsewhere. */
  media: string[]
}

/** Every target once, in reading order. */
export function links(doc: Node): Links {
  const found = {
    pages: new Set<string>(),
    titles: new Set<string>(),
    external: new Set<string>(),
    local: new Set<string>(),
    mentions: new Set<string>(),
    media: new Set<string>(),
  }
  const addAddress = (address: string) => {
    const page = pageAddress(address)
    if (page) found.pages.add(page.page)
    else if (isExternal(address)) found.external.add(address)
    else if (address && !address.startsWith('#')) found.local.add(address)
  }
  const addMedium = (address: string) => {
    if (!address) return
    found.media.add(address)
    if (isExternal(address)) found.external.add(address)
  }
  doc.descendants(node => {
    const text = (name: string) => String(node.attrs[name] ?? '')
    for (const mark of node.marks) if (mark.type.name === 'link') addAddress(String(mark.attrs['href']))
    switch (node.type.name) {
      case 'page_link':
        if (text('page')) found.pages.add(text('page'))
        else if (text('title')) found.titles.add(text('title'))
        break
      case 'transclusion':
        if (text('page')) found.pages.add(text('page'))
        break
      case 'embed':
        addAddress(text('href'))
        break
      case 'mention':
        if (text('handle')) found.mentions.add(text('handle'))
        break
      case 'image':
        addAddress(text('href'))
        addMedium(text('src'))
        break
      case 'figure':
        addMedium(text('src'))
        break
    }
  })
  return {
    pages: [...found.pages],
    titles: [...found.titles],
    external: [...found.external],
    local: [...found.local],
    mentions: [...found.mentions],
    media: [...found.media],
  }
}
