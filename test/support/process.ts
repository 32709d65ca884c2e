import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { root } from '../../server/root.ts'

/** A new empty data folder that goes when the test ends. */
export function dataFolder(...below: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-process-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, ...below)
}

export interface Ran {
  code: number
  out: string
  err: string
}

/** Runs a command of the administrator's line in a process of its own, as `npm run wiki` does. */
export function wiki(folder: string, args: string[], { stdin = '' } = {}): Promise<Ran> {
  return new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [built('server/console/main.js'), ...args],
      { env: { ...process.env, DATA_DIR: folder }, maxBuffer: 1e8 },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    )
    child.stdin?.end(stdin)
  })
}

/** A wiki in a process of its own, on any free port unless the settings name one, and where it is reached. */
export async function serving(folder: string, settings: Record<string, string> = {}) {
  const server = await started(folder, settings)
  onTestFinished(() => server.stop('SIGKILL').then(() => {}))
  return server
}

/** The same for whoever stops it by themselves. */
export async function started(folder: string, settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, [built('server/main.js')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = await firstWords(child)
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? ''
  const port = Number(address.split(':')[2])
  return { address, port, said, stop: (signal: NodeJS.Signals = 'SIGINT') => stop(child, signal) }
}

function built(file: string): string {
  const path = join(root, 'dist', file)
  if (!existsSync(path)) throw new Error(`${path} is not there: npm test builds it, or npm run build`)
  return path
}

/** What it says until it is ready; throws what it complained of where it ends before. */
function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('Ctrl-C')) resolve(said)
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.once('exit', code => reject(new Error(`it ended with ${code}: ${said}`)))
  })
}

/** Promises the exit code, or null where a signal ended it. */
function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise(resolve => {
    child.once('exit', code => resolve(code))
    child.kill(signal)
  })
}
