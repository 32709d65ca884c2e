import type { Page } from 'playwright-core'

/** What somebody saw in one frame of their screen. */
export interface Seen {
  at: number
  /** What the line about their words said. */
  line: string
  text: string
}

declare global {
  interface Window {
    seen: Seen[]
  }
}

/** Writes down what the state line says together with the text, frame by frame, from now on. */
export const watches = (page: Page) =>
  page.evaluate(() => {
    window.seen = []
    const look = () => {
      const line = document.querySelector('cl-save-state button')?.getAttribute('aria-label') ?? ''
      const text = document.querySelector('.ProseMirror')?.textContent ?? ''
      const last = window.seen.at(-1)
      if (last?.line !== line || last.text !== text) window.seen.push({ at: Date.now(), line, text })
      requestAnimationFrame(look)
    }
    look()
  })

export const seenBy = (page: Page): Promise<Seen[]> => page.evaluate(() => window.seen)

/** Types numbered words until told to stop, so that each can be told from every other; thinks for a moment between two. */
export function counts(page: Page, name: string) {
  let last = 0
  let isOver = false
  const typing = (async () => {
    while (!isOver) {
      await page.keyboard.type(` ${name}${++last}`, { delay: 20 })
      await page.keyboard.press('Shift', { delay: 250 })
    }
  })()
  return {
    get last() {
      return last
    },
    async end() {
      isOver = true
      await typing
      return Array.from({ length: last }, (_, at) => ` ${name}${at + 1}`).join('')
    },
  }
}

/** How far somebody who counts has come in a text. */
export const reached = (text: string, name: string) =>
  Math.max(0, ...[...text.matchAll(new RegExp(` ${name}(\\d+)`, 'g'))].map(([, number]) => Number(number)))
