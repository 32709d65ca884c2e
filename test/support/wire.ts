import type { Page, WebSocketRoute } from 'playwright-core'
import { kinds } from '../../shared/realtime/messages.ts'

/** The wire between one tab and the wiki: its words can be held up or garbled, and it can be cut and mended. */
export interface Wire {
  /** Keeps back what the tab sends, until it is released. */
  hold(): void
  release(): void
  /** Makes nonsense of every edit that the tab sends, or lets them be again. */
  garble(isGarbled: boolean): void
  /** Cuts it. Resolves once the tab says so. */
  cut(): Promise<void>
  /** Mends it. The tab hears that its network is back, unless it is to find out by itself. */
  mend(hears?: 'hears of it' | 'finds out'): Promise<void>
}

/** Lays the wire; to be done before the tab opens anything. */
export async function slowWire(page: Page): Promise<Wire> {
  let held: (() => void)[] | undefined
  let isGarbled = false
  let isCut = false
  const open = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/sync\//, route => {
    if (isCut) return void route.close()
    open.add(route)
    const server = route.connectToServer()
    route.onMessage(message => {
      const send = () => server.send(isGarbled && message[0] === kinds.sync ? 'nonsense' : message)
      if (held) held.push(send)
      else send()
    })
  })
  return {
    hold: () => (held = []),
    release() {
      for (const send of held?.splice(0) ?? []) send()
      held = undefined
    },
    garble: garbles => (isGarbled = garbles),
    async cut() {
      isCut = true
      for (const route of open) void route.close()
      open.clear()
      await page.locator('.save-off').waitFor()
    },
    async mend(hears = 'hears of it') {
      isCut = false
      if (hears === 'hears of it') await page.evaluate(() => window.dispatchEvent(new Event('online')))
    },
  }
}
