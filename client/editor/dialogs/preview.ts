import { html } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { Node } from 'prosemirror-model'
import { toHtml } from '../../../shared/document/html.ts'
import { translatorFor } from '../../translate.ts'
import { say } from '../say.ts'
import { open } from './dialog.ts'

/** The draft as readers would see it. Links to pages go to their permanent addresses. */
export async function showPreview(document: Node, language: string) {
  const words = await translatorFor('document')
  const markup = toHtml(document, {
    page: id => ({ address: `/p/${id}`, title: '', exists: true }),
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
