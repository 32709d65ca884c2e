import { asset } from './assets.ts'
import { html, type Html } from './html.ts'

/** The icons of Lucide that pages use; the build puts these, and no others, into one sprite (vite.config.ts). */
export const iconNames = [
  'arrow-down',
  'arrow-right',
  'arrow-up',
  'arrow-up-right',
  'check',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'circle-alert',
  'clock',
  'copy',
  'download',
  'eye',
  'file-plus',
  'history',
  'import',
  'info',
  'languages',
  'link',
  'list',
  'lock',
  'log-in',
  'log-out',
  'menu',
  'message-square',
  'message-square-plus',
  'monitor',
  'moon',
  'move-vertical',
  'pencil',
  'quote',
  'reply',
  'rotate-ccw',
  'search',
  'settings',
  'sun',
  'trash-2',
  'triangle-alert',
  'undo-2',
  'user',
  'x',
] as const

export type IconName = (typeof iconNames)[number]

/** Where the build keeps the sprite, by its source name. */
export const spriteSource = 'client/style/icons.svg'

/** A decorative icon; `flip` mirrors it where text runs from right to left. */
export const icon = (name: IconName, { flip = false, small = false } = {}): Html =>
  html`<svg class="i${small && ' i-s'}${flip && ' flip'}" aria-hidden="true">
    <use href="${asset(spriteSource)}#${name}" />
  </svg>`
