import { html, nothing } from 'lit'
import { ySyncPluginKey } from 'y-prosemirror'
import type { XmlFragment } from 'yjs'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { documentOf } from '../../../shared/document/live.ts'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import { merge } from '../../../shared/document/merge.ts'
import { patch } from '../../../shared/document/patch.ts'
import { say } from '../say.ts'
import { open } from './dialog.ts'

/**
 * The page as Markdown. What is changed in it is taken as a change to the text that was opened, so that colleagues go on
 * typing meanwhile and their words stay; where both changed the same words, theirs stay and yours are shown to copy.
 */
export async function showSource(fragment: XmlFragment, isReadOnly: boolean): Promise<'applied' | undefined> {
  const opened = documentOf(fragment)
  const markdown = toMarkdown(opened)
  // What Markdown cannot say must not be lost by writing it: both sides of the difference are read from Markdown.
  const base = fromMarkdown(markdown)
  let left: string[] = []
  return open<'applied'>({
    title: () => say('source.title'),
    look: 'dialog-w',
    closeLabel: say('source.close'),
    body: ({ close, redraw }) => {
      const submit = (event: SubmitEvent) => {
        event.preventDefault()
        const area = event.target instanceof HTMLFormElement ? event.target.querySelector('textarea') : null
        if (!area) return
        left = apply(fragment, base, area.value)
        if (left.length === 0) close('applied')
        else redraw()
      }
      return html`<form @submit=${submit}>
        <div class="dialog-b">
          <div class="field">
            <label for="ed-source">${say('source.label')}</label>
            <textarea
              id="ed-source"
              class="source"
              dir="auto"
              spellcheck="false"
              aria-describedby="ed-source-told"
              ?readonly=${isReadOnly}
              .defaultValue=${markdown}
            ></textarea>
            <span class="hint" id="ed-source-told">${say('source.hint')}</span>
          </div>
          ${
            left.length > 0
              ? html`<div class="banner banner-warn" role="alert">
                  <div class="banner-body">
                    <p>${say('source.conflict', { count: left.length })}</p>
                    ${left.map(words => html`<p dir="auto"><q>${words}</q></p>`)}
                  </div>
                </div>`
              : nothing
          }
        </div>
        <div class="dialog-f">
          ${isReadOnly ? nothing : html`<button class="btn btn-p">${say('source.apply')}</button>`}
          <button type="button" class="btn" @click=${() => close()}>${say('dialog.cancel')}</button>
        </div>
      </form>`
    },
    opened: dialog => dialog.querySelector('textarea')?.focus(),
  })
}

/** Merges the change from `base` to the Markdown into the draft as it is now; answers what found no place. */
export function apply(fragment: XmlFragment, base: ReturnType<typeof fromMarkdown>, markdown: string): string[] {
  const theirs = fromMarkdown(markdown)
  const { document, conflicts } = merge(base, documentOf(fragment), theirs)
  patch(fragment, document, ySyncPluginKey)
  return conflicts.map(conflict => conflict.theirs?.textContent ?? '').filter(words => words !== '')
}
