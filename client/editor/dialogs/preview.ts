import { html } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { Node } from 'prosemirror-model'
import { toHtml } from '../../../shared/document/html.ts'
import { translatorFor } from '../../translate.ts'
import { pageAddress } from '../../../shared/document/addresses.ts'
import { titleOf } from '../pages.ts'
import { say } from '../say.ts'
import { open } from './dialog.ts'

/** The draft as readers would see it. Links to pages go to their permanent addresses. */
export async function showPreview(document: Node, language: string) {
  const [words, titles] = await Promise.all([translatorFor('document'), titlesIn(document)])
  const markup = toHtml(document, {
    page: id => ({ address: `/p/${id}`, title: titles.get(id) ?? '', exists: titles.get(id) !== undefined }),
    titled: () => undefined,
    message: (name, values) => words(`document.${name}`, values),
    idPrefix: 'preview-',
  })
  await open({
    title: () => say('bar.preview'),
    look: 'dialog-w',
    // Written by our own renderer, which escapes every text and refuses unsafe addresses.
    body: () =>
      html`<div class="dialog-b">
        <div class="prose" lang=${language} dir="auto" tabindex="0" role="region" aria-label=${say('bar.preview')}>
          ${unsafeHTML(markup)}
        </div>
      </div>`,
  })
}

/** What the pages that are linked are called now. */
async function titlesIn(document: Node): Promise<Map<string, string | undefined>> {
  const ids = new Set<string>()
  document.descendants(node => {
    const { page } = node.attrs
    if (node.type.name === 'page_link' && typeof page === 'string') ids.add(page)
    for (const mark of node.marks) {
      const linked = pageAddress(String(mark.attrs['href'] ?? ''))
      if (linked) ids.add(linked.page)
    }
  })
  const all = [...ids]
  const found = await Promise.all(all.map(titleOf))
  return new Map(all.map((id, index) => [id, found[index]]))
}
