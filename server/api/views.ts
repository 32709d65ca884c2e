import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { type Html, html, layout, type Translator, viewerOf } from '../html/index.ts'
import { type Described, tagOf } from './described.ts'

/** Every operation, grouped by its noun; each opens to show what it takes and what it answers. */
export function apiPage(request: FastifyRequest, operations: readonly Described[]): string {
  const { t } = viewerOf(request)
  const tags = [...new Set(operations.map(({ path }) => tagOf(path)))].sort()
  const main = html`<div class="wrap simple stack">
    <h1 class="h-page">${t('api.title')}</h1>
    <p>${t('api.intro')}</p>
    <p>${t.html('api.document', { a: inside => html`<a href="/api/openapi.json">${inside}</a>` })}</p>
    <nav aria-label="${t('api.contents')}">
      <ul>
        ${tags.map(tag => html`<li><a href="#${tag}" dir="ltr">${tag}</a></li> `)}
      </ul>
    </nav>
    ${tags.map(
      tag =>
        html`<section aria-labelledby="${tag}">
          <h2 id="${tag}" dir="ltr">${tag}</h2>
          ${operations.filter(({ path }) => tagOf(path) === tag).map(operation => described(t, operation))}
        </section> `,
    )}
  </div>`
  return layout({ request, title: t('api.title'), main })
}

function described(
  t: Translator,
  { method, path, summary, who, scope, params, query, body, reply, status }: Described,
) {
  return html`<details>
    <summary><code dir="ltr">${method} ${path.replace(/:(\w+)/g, '{$1}')}</code></summary>
    <p lang="en" dir="ltr">${summary}</p>
    <p>${t('api.who', { who, scope })}</p>
    ${fields(t, t('api.params'), params)} ${fields(t, t('api.query'), query)} ${fields(t, t('api.body'), body)}
    ${fields(t, t('api.reply', { status }), reply)}
  </details> `
}

/** A table of an object's fields; anything else in a word. */
function fields(t: Translator, title: string, shape: TSchema | undefined): Html | null {
  if (!shape) return null
  const given = propertiesOf(shape)
  if (!given) return html`<p><strong>${title}:</strong> <code dir="ltr">${kindOf(shape)}</code></p>`
  const needed = new Set('required' in shape && Array.isArray(shape.required) ? shape.required : [])
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${title}">
    <table lang="en" dir="ltr">
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('api.field')}</th>
          <th scope="col">${t('api.kind')}</th>
          <th scope="col">${t('api.meaning')}</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(given).map(
          ([name, field]) =>
            html`<tr>
              <th scope="row">
                <code>${name}</code>${!needed.has(name) && html` <small>${t('api.optional')}</small>`}
              </th>
              <td><code>${kindOf(field)}</code></td>
              <td>${'description' in field ? String(field.description) : ''}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}

const propertiesOf = (shape: TSchema) =>
  'properties' in shape ? (shape.properties as Record<string, TSchema>) : undefined

/** A shape in a word or two, as a programmer writes it. */
function kindOf(shape: TSchema): string {
  if ('anyOf' in shape && Array.isArray(shape.anyOf)) return shape.anyOf.map((one: TSchema) => kindOf(one)).join(' | ')
  if ('enum' in shape && Array.isArray(shape.enum)) return shape.enum.map(one => JSON.stringify(one)).join(' | ')
  if ('const' in shape) return JSON.stringify(shape.const)
  if ('items' in shape) return `${kindOf(shape.items as TSchema)}[]`
  const properties = propertiesOf(shape)
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`
  return 'type' in shape ? String(shape.type) : 'any'
}
