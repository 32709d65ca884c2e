import type { Board, Topic } from '../../../shared/discussions/contract.ts'
import { ago, empty, html, type Html, time, type Translator } from '../../html/index.ts'

/** Topics in rows: title, who started it, replies, who wrote last. `about` names the subject where rows differ in it. */
export function topicRows(t: Translator, topics: Topic[], { about = false } = {}): Html {
  if (topics.length === 0) return empty(t('discussions.none'))
  return html`<ol class="topics">
    ${topics.map(
      topic =>
        html`<li>
          <span></span>
          <div>
            <a class="t" href="/topics/${topic.id}"><bdi>${topic.title}</bdi></a>
            <p class="meta">
              ${t.html('discussions.started', {
                name: html`<bdi>${topic.author?.name ?? t('discussions.someone')}</bdi>`,
                time: time(t, topic.at, 'day'),
              })}${
                about &&
                html`<span class="sep"
                  ><a href="${subjectAddress(topic.subject)}"><bdi>${topic.subject.title}</bdi></a></span
                >`
              }
            </p>
          </div>
          <span class="meta num">${t('discussions.replies', { count: topic.posts - 1 })}</span
          ><span class="meta last">${ago(t, topic.lastPostAt)}<br /><bdi>${topic.lastAuthor?.name}</bdi></span>
        </li>`,
    )}
  </ol>`
}

export const subjectAddress = ({ kind, slug }: Topic['subject']): string =>
  kind === 'page' ? `/wiki/${encodeURIComponent(slug)}/discuss` : `/forum/${encodeURIComponent(slug)}`

export function boardRows(t: Translator, boards: (Board & { latest: Topic | undefined })[]): Html {
  if (boards.length === 0) return empty(t('discussions.no-boards'))
  return html`<ul class="boards">
    ${boards.map(
      ({ slug, title, description, topics, latest }) =>
        html`<li>
          <span></span>
          <div>
            <a class="t" href="/forum/${encodeURIComponent(slug)}"><bdi>${title}</bdi></a>
            <p dir="auto">${description}</p>
          </div>
          <span class="n">${t('discussions.topics', { count: topics })}</span
          ><span class="lastp"
            >${
              latest &&
              html`<a href="/topics/${latest.id}"><bdi>${latest.title}</bdi></a
                ><br /><bdi>${latest.lastAuthor?.name}</bdi>, ${ago(t, latest.lastPostAt)}`
            }</span
          >
        </li>`,
    )}
  </ul>`
}
