import type { AddressInfo } from 'node:net'
import { exit } from './command.ts'
import { type Config, readConfig, WrongSettings } from './config.ts'
import { listenForCommands } from './console/index.ts'
import { diskRefusal } from './db/index.ts'
import { type OpenWiki, openWiki } from './open.ts'
import { isBare, plant } from './starter/index.ts'

/** How long what is under way at Ctrl-C may take to finish, beside seeing off those who write; in milliseconds. */
const grace = 10_000

process.exitCode = await start().catch((error: unknown) => {
  const fault = error instanceof Error ? error : new Error(String(error))
  if (fault instanceof WrongSettings) return complain(fault.message, exit.usage)
  if ('code' in fault && fault.code === 'EADDRINUSE')
    return complain('That port is taken by another program. Choose another one, for example PORT=3001 npm start.')
  if (diskRefusal(fault))
    return complain(
      `The database cannot be opened and written (${fault.message}). See that its disk is there, has room and may be written to.`,
    )
  return complain(fault.stack ?? fault.message)
})

async function start(): Promise<number> {
  const config = readConfig(process.env)
  const stopped = stopSignal()
  const wiki = await openWiki(config)
  if (!wiki)
    return complain(`Another Commonleaf is at work in ${config.DATA_DIR}. Stop it, or set DATA_DIR.`, exit.busy)
  const rooms = { ...wiki, importing: wiki.revisions.importing }
  try {
    if (await isBare(rooms)) await plant(rooms)
    await wiki.http.listen({ port: config.PORT, host: config.HOST })
    const closeConsole = await listenForCommands(config.DATA_DIR, wiki)
    const address = addressOf(config, wiki)
    welcome(address, wiki.site.setupLink(address))
    await stopped
    setTimeout(() => process.exit(exit.failed), config.LIVE_DRAIN_SECONDS * 1000 + grace).unref()
    await closeConsole()
    return exit.ok
  } finally {
    await wiki.close()
  }
}

function welcome(address: string, setupLink: string | null) {
  const setup = setupLink === null ? '' : `Set it up once, with this link: ${setupLink}\n`
  process.stdout.write(`Commonleaf runs at ${address}\n${setup}Ctrl-C stops it.\n`)
}

function addressOf({ PUBLIC_URL, HOST }: Config, { http }: OpenWiki) {
  if (PUBLIC_URL) return PUBLIC_URL
  const { port } = http.server.address() as AddressInfo
  const name = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST
  return `http://${name}:${port}`
}

/** Resolves at the first request to stop; one that comes a while later ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise<void>(resolve => {
    let first: number | undefined
    const stop = () => {
      resolve()
      // One Ctrl-C may reach us twice, from the terminal and from the process that started us.
      if (first !== undefined && performance.now() - first > 1000) process.exit(exit.failed)
      first ??= performance.now()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}

function complain(message: string, code: number = exit.failed): number {
  process.stderr.write(`${message}\n`)
  return code
}
