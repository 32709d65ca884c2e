import { html, type Html, type Translator } from '../../html/index.ts'

export interface Composer {
  t: Translator
  action: string
  /** A topic starts with a title; a reply has none. */
  title?: string | undefined
  body?: string | undefined
  /** What went wrong with what was sent; the words stand in the form again. */
  problem?: string | undefined
  /** The post that is answered. */
  answers?: { id: string; number: number; name: string } | undefined
}

export function composer({ t, action, title, body = '', problem, answers }: Composer): Html {
  const starting = title !== undefined
  const label = t(starting ? 'discussions.text' : 'discussions.reply.label')
  return html`<form
    class="composer${starting && ' start'}"
    id="reply"
    method="post"
    action="${action}"
    aria-label="${t(starting ? 'discussions.start' : 'discussions.reply.write')}"
  >
    ${problem && html`<p class="err" role="alert" id="reply-problem">${problem}</p>`}
    ${starting && html`<label class="field"><span>${t('discussions.title')}</span><input name="title" required maxlength="300" value="${title}" dir="auto" /></label>`}
    <p class="answers meta" ${!answers && html` hidden`}>
      ${answers && t('discussions.answering', { name: answers.name })}
    </p>
    <input type="hidden" name="parent" value="${answers?.id}" />
    <label class="vh" for="reply-body">${label}</label>
    <textarea
      id="reply-body"
      name="body"
      required
      maxlength="50000"
      rows="5"
      dir="auto"
      placeholder="${t('discussions.placeholder')}"
      ${problem && html` aria-invalid="true" aria-describedby="reply-problem"`}
    >
${body}</textarea>
    <div class="bot">
      <span class="push">${t('discussions.hint')}</span
      ><button class="btn btn-p">${t(starting ? 'discussions.start' : 'discussions.reply.post')}</button>
    </div>
  </form>`
}

/** Where someone may not write: what they can do instead. */
export const cannotPost = (t: Translator, why: 'visitor' | 'closed' | 'readonly', next: string): Html =>
  html`<p class="meta cannot">
    ${
      why === 'visitor'
        ? t.html('discussions.cannot.visitor', {
            a: (inside: Html) => html`<a href="/sign-in?next=${encodeURIComponent(next)}">${inside}</a>`,
          })
        : t(`discussions.cannot.${why}`)
    }
  </p>`
