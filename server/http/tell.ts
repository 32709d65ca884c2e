import './context.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { diskRefusal } from '../db/index.ts'
import { html, layout } from '../html/index.ts'
import { Refusal } from '../refusal.ts'
import { ShapeMismatch } from './shapes.ts'

/** Tells every refusal and fault: to programs as `{code, message, details?}`, to people as a page that says what to do next. */
export function tellRefusals(app: FastifyInstance) {
  app.setNotFoundHandler(request => {
    throw new Refusal(404, 'http/not-found', { values: { path: request.url.slice(0, 200) } })
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error)
    if (refusal.status >= 500)
      request.log.error({ err: error, method: request.method, url: request.url }, 'a request failed')
    reply.code(refusal.status).headers(refusal.headers)
    return wantsJson(request) ? reply.send(inJson(refusal, request)) : inHtml(refusal, request, reply)
  })
}

const wantsJson = ({ url, headers }: FastifyRequest) =>
  url.startsWith('/api/') || /^\/(health|ready|metrics)\b/.test(url) || headers.accept === 'application/json'

function asRefusal(error: FastifyError | Error): Refusal {
  if (error instanceof Refusal) return error
  const refusal = diskRefusal(error)
  if (refusal) return refusal
  if (error instanceof ShapeMismatch)
    return new Refusal(400, 'http/malformed', { values: { what: error.part }, details: error.faults })
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  if (status === 413) return new Refusal(413, 'http/too-large')
  if (status === 415) return new Refusal(415, 'http/content-type')
  if (status === 429) return error as Refusal
  if (status >= 400 && status < 500)
    return new Refusal(status, 'http/malformed', { values: { what: 'request' }, details: [error.message] })
  return new Refusal(500, 'http/failed')
}

const inJson = (refusal: Refusal, { t }: FastifyRequest) => ({
  code: refusal.code,
  message: t(refusal.messageKey, refusal.values),
  ...(refusal.details !== undefined && { details: refusal.details }),
})

function inHtml(refusal: Refusal, request: FastifyRequest, reply: FastifyReply) {
  const { t } = request
  const title = t(refusal.titleKey)
  const main = html`<div class="wrap simple stack narrow">
    <h1 class="h-page">${title}</h1>
    <p>${t(refusal.messageKey, refusal.values)}</p>
    <p class="row">${stepFrom(refusal, request)}<a class="btn btn-q" href="/">${t('http.front')}</a></p>
  </div>`
  return reply.type('text/html; charset=utf-8').send(layout({ request, title, main, index: false }))
}

/** What to do next, where there is something better than the front page. */
function stepFrom({ status, code, details }: Refusal, { t, method, url }: FastifyRequest) {
  if (status === 401) {
    const back = ['GET', 'HEAD'].includes(method) ? `?next=${encodeURIComponent(url)}` : ''
    return html`<a class="btn btn-p" href="/sign-in${back}">${t('layout.sign-in')}</a>`
  }
  if (status === 410 && typeof details === 'object' && details !== null && 'slug' in details)
    return html`<a class="btn btn-p" href="/wiki/${encodeURIComponent(String(details.slug))}/history"
      >${t('http.history')}</a
    >`
  const [, slug] = code.startsWith('revisions/') ? (/^\/wiki\/([^/?]+)/.exec(url) ?? []) : []
  if (slug) return html`<a class="btn btn-p" href="/wiki/${slug}/history">${t('http.history')}</a>`
  return status === 404 && html`<a class="btn" href="/search">${t('layout.search')}</a>`
}
