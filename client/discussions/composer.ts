import type * as operations from '../../shared/discussions/operations.ts'
import { call, Refused } from '../call.ts'
import { translatorFor } from '../translate.ts'

/**
 * A form to reply that keeps what is written on the device until it is posted, answers the post whose Reply was
 * pressed, and posts without leaving the page. `live` says whether the thread will show the post by itself.
 */
export async function enhanceComposer(form: HTMLFormElement, thread: HTMLElement, live: () => boolean) {
  const t = await translatorFor('discussions')
  const body = form.querySelector('textarea')
  const parent = form.querySelector<HTMLInputElement>('input[name=parent]')
  const answers = form.querySelector<HTMLElement>('.answers')
  const button = form.querySelector('button')
  if (!body || !parent || !answers || !button) return

  const topic = thread.getAttribute('topic') ?? ''
  const key = `commonleaf:reply:${topic}`
  const note = document.createElement('p')
  note.className = 'meta note-line'
  note.setAttribute('role', 'status')
  form.append(note)

  if (!body.value) body.value = localStorage.getItem(key) ?? ''
  body.addEventListener('input', () => localStorage.setItem(key, body.value))
  body.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })

  thread.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-reply]') : null
    const post = link?.closest<HTMLElement>('.post')
    if (!link || !post) return
    event.preventDefault()
    parent.value = post.dataset['id'] ?? ''
    const cancel = document.createElement('button')
    cancel.type = 'button'
    cancel.className = 'btn btn-q btn-s'
    cancel.textContent = t('discussions.answering.cancel')
    cancel.onclick = () => {
      parent.value = ''
      answers.hidden = true
      body.focus()
    }
    answers.replaceChildren(
      t('discussions.answering', { name: post.querySelector('.who b')?.textContent ?? '' }),
      ' ',
      cancel,
    )
    answers.hidden = false
    body.focus()
  })

  form.addEventListener('submit', event => {
    event.preventDefault()
    void post()
  })

  async function post() {
    if (!body || !parent || !answers || !button || button.ariaDisabled === 'true') return
    button.ariaDisabled = 'true'
    note.textContent = t('discussions.sending')
    try {
      const posted = await call<typeof operations.post>('POST', '/api/v1/topics/:id/posts', {
        params: { id: topic },
        body: { body: body.value, ...(parent.value && { parent: parent.value }) },
      })
      localStorage.removeItem(key)
      body.value = ''
      parent.value = ''
      answers.hidden = true
      note.textContent = ''
      show(posted.number)
    } catch (error) {
      note.textContent = t('discussions.unsent', { reason: error instanceof Refused ? error.message : String(error) })
    } finally {
      button.ariaDisabled = null
    }
  }

  function show(number: number) {
    const here = () => document.getElementById(`post-${number}`)?.scrollIntoView({ block: 'nearest' })
    if (document.getElementById(`post-${number}`)) return here()
    if (live()) thread.addEventListener('arrived', here, { once: true })
    else location.reload()
  }
}
