import type { Page, WebSocketRoute } from 'playwright-core'

/** The wire between one tab and the wiki: its words can be held up, and it can be cut and mended. */
export interface Wire {
  /** Keeps back what the tab sends, until it is released. */
  hold(): void
  release(): void
  cut(): void
  mend(): void
}

/** Lays the wire; to be done before the tab opens anything. */
export async function slowWire(page: Page): Promise<Wire> {
  let held: (() => void)[] | undefined
  let isCut = false
  const open = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/sync\//, route => {
    if (isCut) return void route.close()
    open.add(route)
    const server = route.connectToServer()
    route.onMessage(message => {
      const send = () => server.send(message)
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
    cut() {
      isCut = true
      for (const route of open) void route.close()
      open.clear()
    },
    mend: () => (isCut = false),
  }
}
