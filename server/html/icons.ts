import { type IconName, spriteSource } from '../../shared/icons.ts'
import { asset } from './assets.ts'
import { html, type Html } from './html.ts'

/** A decorative icon; `flip` mirrors it where text runs from right to left. */
export const icon = (name: IconName, { flip = false, small = false } = {}): Html =>
  html`<svg class="i${small && ' i-s'}${flip && ' flip'}" aria-hidden="true">
    <use href="${asset(spriteSource)}#${name}" />
  </svg>`
