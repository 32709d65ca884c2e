import type { Licence } from '../../../shared/licensing/licences.ts'
import { html, type Html } from '../html.ts'

/** A licence by name, leading to its text where it has one. */
export const licenceLink = ({ name, url }: Pick<Licence, 'name' | 'url'>): Html =>
  url ? html`<a href="${url}" rel="license"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`
