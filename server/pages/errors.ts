import { Refusal } from '../refusal.ts'
import type { Page } from './page.ts'

export class PageNotFound extends Refusal {
  constructor(name: string) {
    super(404, 'pages/not-found', { values: { name: name.slice(0, 200) } })
  }
}

export class PageDeleted extends Refusal {
  constructor({ id, slug, title, deletedAt }: Page) {
    super(410, 'pages/deleted', { values: { title }, details: { id, slug, title, deletedAt } })
  }
}

/** There is a draft, but nothing was published yet. */
export class PageUnpublished extends Refusal {
  constructor({ title }: Page) {
    super(404, 'pages/unpublished', { values: { title } })
  }
}

export class SlugTaken extends Refusal {
  constructor(slug: string, by: Page) {
    super(409, 'pages/slug-taken', {
      values: { slug },
      details: { slug, page: by.id, title: by.title, deleted: by.deleted },
    })
  }
}

export class SlugUnusable extends Refusal {
  constructor(slug: string) {
    super(422, 'pages/slug-unusable', { values: { slug: slug.toWellFormed().slice(0, 200) } })
  }
}

export class TitleUnusable extends Refusal {
  constructor(fault: string) {
    super(422, 'pages/title-unusable', { values: { fault }, details: { field: 'title', fault } })
  }
}

export class SummaryUnusable extends Refusal {
  constructor(fault: string) {
    super(422, 'pages/summary-unusable', { values: { fault }, details: { field: 'summary', fault } })
  }
}

export class LanguageUnknown extends Refusal {
  constructor(language: string) {
    super(422, 'pages/language-unknown', { values: { language: language.toWellFormed() } })
  }
}

export class PageActRefused extends Refusal {
  constructor(act: 'create' | 'rename' | 'delete' | 'feature') {
    super(403, `pages/may-not-${act}`)
  }
}
