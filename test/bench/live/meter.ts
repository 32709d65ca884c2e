/** Loaded before a server, which knows nothing of it: tells whoever started the process what it has used so far. */
export interface Used {
  /** Seconds of every thread. */
  cpu: number
  /** Memory in MB. */
  memory: number
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: (user + system) / 1e6, memory: process.memoryUsage.rss() / 2 ** 20 } satisfies Used)
})
process.channel?.unref()
