import { html, type TemplateResult } from 'lit'
import { unsafeSVG } from 'lit/directives/unsafe-svg.js'
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import arrowDown from 'lucide-static/icons/arrow-down.svg?raw'
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw'
import arrowUp from 'lucide-static/icons/arrow-up.svg?raw'
import bold from 'lucide-static/icons/bold.svg?raw'
import check from 'lucide-static/icons/circle-check.svg?raw'
import cloudCheck from 'lucide-static/icons/cloud-check.svg?raw'
import cloudOff from 'lucide-static/icons/cloud-off.svg?raw'
import cloudUpload from 'lucide-static/icons/cloud-upload.svg?raw'
import code from 'lucide-static/icons/code.svg?raw'
import codeBlock from 'lucide-static/icons/square-chevron-right.svg?raw'
import copy from 'lucide-static/icons/copy.svg?raw'
import dashed from 'lucide-static/icons/circle-dashed.svg?raw'
import details from 'lucide-static/icons/list-collapse.svg?raw'
import download from 'lucide-static/icons/download.svg?raw'
import eye from 'lucide-static/icons/eye.svg?raw'
import footnote from 'lucide-static/icons/asterisk.svg?raw'
import heading from 'lucide-static/icons/heading-2.svg?raw'
import image from 'lucide-static/icons/image.svg?raw'
import indent from 'lucide-static/icons/list-indent-increase.svg?raw'
import info from 'lucide-static/icons/info.svg?raw'
import italic from 'lucide-static/icons/italic.svg?raw'
import languages from 'lucide-static/icons/languages.svg?raw'
import link from 'lucide-static/icons/link.svg?raw'
import list from 'lucide-static/icons/list.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import math from 'lucide-static/icons/sigma.svg?raw'
import minus from 'lucide-static/icons/circle-minus.svg?raw'
import more from 'lucide-static/icons/ellipsis.svg?raw'
import ordered from 'lucide-static/icons/list-ordered.svg?raw'
import outdent from 'lucide-static/icons/list-indent-decrease.svg?raw'
import pageLink from 'lucide-static/icons/file-symlink.svg?raw'
import paragraph from 'lucide-static/icons/pilcrow.svg?raw'
import quote from 'lucide-static/icons/text-quote.svg?raw'
import redo from 'lucide-static/icons/redo-2.svg?raw'
import rule from 'lucide-static/icons/minus.svg?raw'
import source from 'lucide-static/icons/code-xml.svg?raw'
import table from 'lucide-static/icons/table.svg?raw'
import tableTools from 'lucide-static/icons/table-2.svg?raw'
import task from 'lucide-static/icons/list-checks.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import users from 'lucide-static/icons/users.svg?raw'
import wifiOff from 'lucide-static/icons/wifi-off.svg?raw'
import keyboard from 'lucide-static/icons/keyboard.svg?raw'
import strike from 'lucide-static/icons/strikethrough.svg?raw'
import sub from 'lucide-static/icons/subscript.svg?raw'
import sup from 'lucide-static/icons/superscript.svg?raw'
import underline from 'lucide-static/icons/underline.svg?raw'
import history from 'lucide-static/icons/history.svg?raw'
import x from 'lucide-static/icons/x.svg?raw'

const drawings = {
  alert,
  arrowDown,
  arrowLeft,
  arrowUp,
  bold,
  check,
  cloudCheck,
  cloudOff,
  cloudUpload,
  code,
  codeBlock,
  copy,
  dashed,
  details,
  download,
  eye,
  footnote,
  heading,
  image,
  indent,
  info,
  italic,
  languages,
  link,
  list,
  lock,
  math,
  minus,
  more,
  ordered,
  outdent,
  pageLink,
  paragraph,
  quote,
  redo,
  rule,
  source,
  table,
  tableTools,
  task,
  undo,
  users,
  wifiOff,
  x,
  history,
  keyboard,
  strike,
  sub,
  sup,
  underline,
}
export type Icon = keyof typeof drawings

/** Pictures that show a direction turn round where the writing does. */
const turning: readonly Icon[] = ['arrowLeft', 'undo', 'redo', 'indent', 'outdent', 'quote', 'list', 'ordered', 'task']

const inside = (svg: string) => svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))

export const icon = (name: Icon): TemplateResult =>
  html`<svg class="i${turning.includes(name) ? ' flip' : ''}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${unsafeSVG(inside(drawings[name]))}
  </svg>`
