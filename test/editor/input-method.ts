import type { Tab } from '../support/browser.ts'

/**
 * An input method at somebody's browser, through the browser's own door for them, and what becomes of its compositions.
 * To be made before the editor is opened.
 */
export async function inputMethod(page: Tab) {
  const session = await page.context().newCDPSession(page)
  await page.addInitScript(watchCompositions)
  let frames = 0
  const waiting: (() => void)[] = []
  page.on('websocket', socket =>
    socket.on('framereceived', () => {
      frames++
      for (const look of waiting.splice(0)) look()
    }),
  )
  return {
    /** Shows so much of a word, underlined, with the caret in it, as the input method does with every key. */
    composes: (text: string, caret = text.length) =>
      session.send('Input.imeSetComposition', { text, selectionStart: caret, selectionEnd: caret }),
    /** Puts the finished word in the place of what was composed. */
    commits: (text: string) => session.send('Input.insertText', { text }),
    /** Lets a colleague do something, and waits until this browser has been told and has drawn. */
    async hears(what: () => void | Promise<void>, count = 1) {
      const wanted = frames + count
      await what()
      while (frames < wanted) await new Promise<void>(resolve => waiting.push(resolve))
      await page.evaluate(twoFrames)
    },
    /** What happened to the text that is composed in: it must stay the node it was when the composition began. */
    story: () => page.evaluate(() => (globalThis as unknown as Watched).composed()),
  }
}

interface Watched {
  composed(): { begun: number; ended: number; isSameText: boolean }
}

const twoFrames = () =>
  new Promise<void>(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))

function watchCompositions() {
  let [begun, ended] = [0, 0]
  let node: Node | null = null
  addEventListener('compositionstart', () => begun++, true)
  addEventListener('compositionend', () => ended++, true)
  addEventListener('compositionupdate', () => setTimeout(() => (node ??= getSelection()?.focusNode ?? null)), true)
  const composed = () => ({ begun, ended, isSameText: node !== null && node === getSelection()?.focusNode })
  Object.assign(globalThis, { composed })
}
