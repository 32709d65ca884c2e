import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Order, Outcome, Said } from './load.ts'
import type { Used } from './meter.ts'

const here = dirname(fileURLToPath(import.meta.url))
const meter = join(here, 'meter.js')

/** The wiki as `npm start` runs it, in the files of the same build. */
export const wikiFile = join(here, '../../../server/main.js')
export const serverFile = (name: 'relay' | 'yws') => join(here, `${name}.js`)

export interface Server {
  /** `ws://127.0.0.1:<port>` */
  address: string
  used(): Promise<Used>
  stop(): Promise<void>
}

/** A server in a process of its own, on the first processor where processes can be pinned. */
export async function serve(file: string, environment: Record<string, string> = {}): Promise<Server> {
  const child = start(0, ['--import', meter, file], environment)
  const address = await firstAddress(child)
  return {
    address: address.replace('http', 'ws'),
    async used() {
      child.send('used')
      const [used] = (await once(child, 'message')) as [Used]
      return used
    },
    stop: () => stop(child),
  }
}

/** Everybody who types, in one process on the second processor. */
export function crowd() {
  const child = start(1, [join(here, 'load.js')], {})
  return {
    /** Carries an order out; `measure` is called at the beginning and the end of what is measured. */
    work(order: Order, measure: () => Promise<unknown>): Promise<Outcome> {
      return new Promise((resolve, reject) => {
        const hear = (said: Said) => {
          if (said.kind !== 'left') return void measure().catch(reject)
          child.off('message', hear)
          child.off('exit', end)
          resolve(said.outcome)
        }
        const end = () => reject(new Error('the load process ended'))
        child.on('message', hear)
        child.once('exit', end)
        child.send(order)
      })
    },
    stop: () => stop(child),
  }
}

function start(processor: number, args: readonly string[], environment: Record<string, string>): ChildProcess {
  const command = canPin() ? ['taskset', '-c', String(processor), process.execPath] : [process.execPath]
  const [file = '', ...first] = command
  return spawn(file, [...first, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

function canPin(): boolean {
  if (availableParallelism() < 2) return false
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function firstAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
      if (address) resolve(address)
    })
    child.once('exit', code => reject(new Error(`it ended with ${code}: ${said}`)))
  })
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
