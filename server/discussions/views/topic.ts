import type { Thread } from '../../../shared/discussions/contract.ts'
import { avatars, html, type Html, icon, names, time, type Translator } from '../../html/index.ts'
import { subjectAddress } from './lists.ts'
import { threadView } from './post.ts'

/** A topic with its thread; `below` is the form to reply, or what stands in its place. */
export function topicView(t: Translator, topic: Thread, { mayReply, below }: { mayReply: boolean; below: Html }): Html {
  const people = [...new Map(topic.thread.flatMap(({ author }) => (author ? [[author.id, author]] : []))).values()]
  const last = topic.thread.at(-1)?.number ?? 0
  const onPage = topic.subject.kind === 'page'
  return html`<div class="wrap">
    <nav aria-label="${t('layout.crumbs')}">
      <ol class="crumbs">
        ${
          onPage
            ? html`<li>
                  <a href="/wiki/${encodeURIComponent(topic.subject.slug)}"><bdi>${topic.subject.title}</bdi></a>
                </li>
                <li><a href="${subjectAddress(topic.subject)}">${t('layout.face.discuss')}</a></li>`
            : html`<li><a href="/forum">${t('discussions.forum')}</a></li>
                <li>
                  <a href="${subjectAddress(topic.subject)}"><bdi>${topic.subject.title}</bdi></a>
                </li>`
        }
      </ol>
    </nav>
    <div class="topic">
      <div class="thread">
        <h1 class="h-page" dir="auto">${topic.title}</h1>
        <p class="pstat tstat">
          <span
            >${t.html('discussions.started', { name: topic.author ? names(t, [topic.author]) : t('discussions.someone'), time: time(t, topic.at, 'day') })}</span
          ><span
            >${icon('message-square')}${t('discussions.replies.from', { replies: topic.posts - 1, people: people.length })}</span
          >
        </p>
        <cl-thread topic="${topic.id}" since="${last}"
          >${threadView({ t, topicId: topic.id, mayReply }, topic.thread)}</cl-thread
        >
        ${below}
      </div>
      <aside class="rail topic-rail" aria-label="${t('discussions.about')}">
        <section>
          <h2>${t('discussions.people')}</h2>
          ${avatars(people, 8)}
          <p class="meta">${names(t, people, { most: 8 })}</p>
        </section>
      </aside>
    </div>
  </div>`
}
