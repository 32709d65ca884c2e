import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Thread } from '../../shared/discussions/contract.ts'
import { mayPost } from '../../shared/discussions/may.ts'
import type { Events } from '../events.ts'
import { html, type Html, layout, pageHead } from '../html/index.ts'
import { fieldsOf, type Fields, page, personOf, told } from '../http/index.ts'
import { type Page, PageNotFound, type Pages } from '../pages/index.ts'
import { Refusal } from '../refusal.ts'
import { livePosts } from './live.ts'
import type { About, Discussions } from './service.ts'
import { cannotPost, composer, type Composer } from './views/composer.ts'
import { boardRows, topicRows } from './views/lists.ts'
import { postView } from './views/post.ts'
import { topicView } from './views/topic.ts'

interface Rooms {
  discussions: Discussions
  pages: Pages
  events: Events
}

/** The pages of the forum and of the talk about pages; every form works without JavaScript. */
export function discussionPages(app: FastifyInstance, { discussions, pages, events }: Rooms) {
  page(app, 'GET', '/wiki/:slug/discuss', 'anyone', async (request, reply) => {
    const { slug } = request.params as { slug: string }
    const found = await pages.bySlug(slug)
    if (found?.moved) return reply.redirect(`/wiki/${encodeURIComponent(found.page.slug)}/discuss`, 301)
    return talkAbout(request, await requirePage(request, slug))
  })
  page(app, 'POST', '/wiki/:slug/discuss', 'member', async (request, reply) => {
    const about = await requirePage(request, (request.params as { slug: string }).slug)
    return startedOr(request, reply, { page: about.id }, form => talkAbout(request, about, form))
  })

  page(app, 'GET', '/forum', 'anyone', async request => {
    const boards = await Promise.all(
      (await discussions.boards()).map(async board => ({
        ...board,
        latest: (await discussions.topics(request.person, { board: board.slug }, { limit: 1 })).topics[0],
      })),
    )
    const recent = await discussions.topics(request.person, undefined, { limit: 20 })
    const { t } = request
    const main = html`<div class="wrap">
      <div class="row between forum-h"><h1 class="h-page">${t('discussions.forum')}</h1></div>
      <section class="fgrp" aria-labelledby="boards">
        <div class="sec-h"><h2 class="h-sec" id="boards">${t('discussions.boards')}</h2></div>
        ${boardRows(t, boards)}
      </section>
      <section class="fgrp" aria-labelledby="recent">
        <div class="sec-h"><h2 class="h-sec" id="recent">${t('discussions.recent')}</h2></div>
        ${topicRows(t, recent.topics, { about: true })}
      </section>
    </div>`
    return layout({ request, title: t('discussions.forum'), main, sheets: ['discussions'], section: 'discussions' })
  })
  page(app, 'GET', '/forum/:board', 'anyone', request => onBoard(request))
  page(app, 'POST', '/forum/:board', 'member', (request, reply) =>
    startedOr(request, reply, { board: (request.params as { board: string }).board }, form => onBoard(request, form)),
  )

  page(app, 'GET', '/topics/:id', 'anyone', async request => {
    const topic = await discussions.thread(request.person, (request.params as { id: string }).id)
    const answered = topic.thread.find(post => String(post.number) === (request.query as Fields)['reply'])
    return topicPage(request, topic, { parent: answered?.id })
  })
  page(app, 'POST', '/topics/:id', 'member', async (request, reply) => {
    const { id } = request.params as { id: string }
    const fields = fieldsOf(request)
    let post
    try {
      post = await discussions.reply(personOf(request), id, fields['body'] ?? '', fields['parent'] || undefined)
    } catch (error) {
      const topic = await discussions.thread(request.person, id)
      return refused(
        error,
        reply,
        form => topicPage(request, topic, { ...form, parent: fields['parent'] }),
        fields,
        request,
      )
    }
    return reply.redirect(`/topics/${id}#post-${post.number}`, 303)
  })

  livePosts(app, {
    discussions,
    events,
    fragment: (request, topicId, post) =>
      postView({ t: request.t, topicId, mayReply: mayPost(request.person, undefined) }, post).markup,
  })

  async function requirePage(request: FastifyRequest, slug: string): Promise<Page> {
    const found = await pages.bySlug(slug)
    if (!found) throw new PageNotFound(slug)
    return pages.requireHistory(request.person, found.page.id)
  }

  async function talkAbout(request: FastifyRequest, about: Page, form?: Form): Promise<string> {
    const { topics, next } = await discussions.topics(request.person, { page: about.id }, request.query as Paging)
    const { t } = request
    const address = `/wiki/${encodeURIComponent(about.slug)}/discuss`
    const main = html`${pageHead({ t, page: about, face: 'discuss', topics: await discussions.countOnPage(about.id) })}
      <div class="wrap">
        ${topicRows(t, topics)}${more(t, address, next)}${starter(request, address, mayPost(request.person, about), about.deleted, form)}
      </div>`
    return layout({
      request,
      title: t('discussions.talk', { title: about.title }),
      main,
      sheets: ['discussions'],
      section: 'pages',
    })
  }

  async function onBoard(request: FastifyRequest, form?: Form): Promise<string> {
    const board = await discussions.board((request.params as { board: string }).board)
    const { topics, next } = await discussions.topics(request.person, { board: board.slug }, request.query as Paging)
    const { t } = request
    const address = `/forum/${encodeURIComponent(board.slug)}`
    const main = html`<div class="wrap">
      <nav aria-label="${t('layout.crumbs')}">
        <ol class="crumbs">
          <li><a href="/forum">${t('discussions.forum')}</a></li>
        </ol>
      </nav>
      <h1 class="h-page" dir="auto">${board.title}</h1>
      <p class="meta" dir="auto">${board.description}</p>
      ${topicRows(t, topics)}${more(t, address, next)}${starter(request, address, mayPost(request.person, undefined), false, form)}
    </div>`
    return layout({ request, title: board.title, main, sheets: ['discussions'], section: 'discussions' })
  }

  async function startedOr(
    request: FastifyRequest,
    reply: FastifyReply,
    about: About,
    again: (form: Form) => Promise<string>,
  ) {
    const fields = fieldsOf(request)
    let topic
    try {
      const said = { title: fields['title'] ?? '', body: fields['body'] ?? '' }
      topic = await discussions.start(personOf(request), about, said)
    } catch (error) {
      return refused(error, reply, again, fields, request)
    }
    return reply.redirect(`/topics/${topic.id}`, 303)
  }
}

type Form = Pick<Composer, 'title' | 'body' | 'problem'> & { parent?: string | undefined }
type Paging = { before?: string }

/** What was written is never lost: the form comes back with it, and says what to change. */
async function refused(
  error: unknown,
  reply: FastifyReply,
  again: (form: Form) => Promise<string>,
  { title, body }: Fields,
  request: FastifyRequest,
) {
  if (error instanceof Refusal && error.status === 404) throw error
  return again({ title: title ?? '', body, problem: told(error, request, reply) })
}

function topicPage(request: FastifyRequest, topic: Thread, form: Form): Promise<string> {
  const { t, person } = request
  const { kind, deleted } = topic.subject
  const rights = mayPost(person, kind === 'page' ? { deleted } : undefined)
  const answers = topic.thread.find(post => post.id === form.parent)
  const action = `/topics/${topic.id}`
  const below = rights
    ? composer({
        t,
        action,
        body: form.body,
        problem: form.problem,
        answers: answers && {
          id: answers.id,
          number: answers.number,
          name: answers.author?.name ?? t('discussions.someone'),
        },
      })
    : cannotPost(t, deleted ? 'closed' : person ? 'readonly' : 'visitor', action)
  const main = topicView(t, topic, { mayReply: rights, below })
  return Promise.resolve(
    layout({ request, title: topic.title, main, sheets: ['read', 'discussions'], section: 'discussions' }),
  )
}

const more = (t: FastifyRequest['t'], address: string, next: string | null): Html | null =>
  next === null
    ? null
    : html`<p class="pager"><a class="btn" href="${address}?before=${next}">${t('discussions.older')}</a></p>`

function starter({ t, person }: FastifyRequest, address: string, rights: boolean, closed: boolean, form?: Form): Html {
  if (!rights) return cannotPost(t, closed ? 'closed' : person ? 'readonly' : 'visitor', address)
  return html`<section class="start-topic" aria-labelledby="start-h">
    <h2 class="h-sec" id="start-h">${t('discussions.start')}</h2>
    ${composer({ t, action: address, title: form?.title ?? '', body: form?.body, problem: form?.problem })}
  </section>`
}
