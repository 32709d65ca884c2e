import type { Post } from '../../../shared/discussions/contract.ts'
import { avatar, html, type Html, personLink, time, type Translator, trusted } from '../../html/index.ts'

/** Replies to replies move in only so far; those below stand in one column and say whom they answer. */
const deepest = 4

export interface Shown {
  t: Translator
  topicId: string
  mayReply: boolean
}

/** One post, as it stands in the thread and as it is sent to those who have the topic open. */
export function postView({ t, topicId, mayReply }: Shown, post: Post, answers?: Post): Html {
  const who = post.author
  const name = who ? personLink(who) : t('discussions.someone')
  return html`<article
    class="post"
    id="post-${post.number}"
    data-id="${post.id}"
    aria-label="${t('discussions.post.by', { name: who?.name ?? t('discussions.someone') })}"
  >
    ${who && avatar(who)}
    <header class="who">
      <b>${name}</b><a class="at" href="/topics/${topicId}#post-${post.number}">${time(t, post.at)}</a>${
        answers &&
        html`<a class="meta" href="#post-${answers.number}"
          >${t('discussions.post.answers', { name: answers.author?.name ?? t('discussions.someone') })}</a
        >`
      }
    </header>
    <div class="body prose" dir="auto">${trusted(post.html)}</div>
    ${mayReply && html`<footer class="do"><a class="btn btn-q btn-s" href="/topics/${topicId}?reply=${post.number}#reply" data-reply="${post.number}">${t('discussions.reply')}</a></footer>`}
  </article>`
}

/** The thread as a tree, in the order of writing at each level. */
export function threadView(shown: Shown, posts: Post[]): Html {
  const children = new Map<string | null, Post[]>()
  for (const post of posts) children.set(post.parent, [...(children.get(post.parent) ?? []), post])
  const byId = new Map(posts.map(post => [post.id, post]))

  const level = (parent: string | null, depth: number): Html[] =>
    (children.get(parent) ?? []).map(post => {
      const below = depth < deepest ? level(post.id, depth + 1) : descendants(post.id).map(deep)
      return html`${postView(shown, post)}${kids(post, below)}`
    })
  const kids = (post: Post, below: Html[]) =>
    below.length > 0 && html`<div class="kids" data-of="${post.id}">${below}</div>`
  const deep = (post: Post) => postView(shown, post, post.parent === null ? undefined : byId.get(post.parent))

  const descendants = (id: string): Post[] => {
    const found: Post[] = []
    const open = [...(children.get(id) ?? [])]
    for (let next = open.shift(); next; next = open.shift()) {
      found.push(next)
      open.push(...(children.get(next.id) ?? []))
    }
    return found.sort((one, other) => one.number - other.number)
  }
  return html`${level(null, 0)}`
}
