import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fail, tell } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Where Chromium is on this machine: what CHROMIUM says, else the first found on the path; undefined where there is none. */
export function findChromium() {
  const said = process.env.CHROMIUM
  if (said) return said
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/snap/bin')
  return [...folders.flatMap(folder => names.map(name => join(folder, name))), ...places].find(file => existsSync(file))
}

/** Finds Chromium or installs Debian's; ends with a message where neither is possible. */
export function requireChromium() {
  const found = findChromium()
  if (found && existsSync(found)) return
  if (found) fail(`CHROMIUM says ${found}, but there is no such file.`)
  if (process.getuid?.() === 0 && succeeds('apt-get', ['--version'], 'ignore')) {
    tell('Installing Chromium from the system’s packages …')
    const quiet = ['ignore', 'ignore', 'inherit']
    const install = () => succeeds('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet)
    succeeds('apt-get', ['update', '-q'], quiet)
    if (install() && findChromium()) return
  }
  fail(`The tests need Chromium, and there is none here. Install it (Debian: sudo apt-get install chromium; elsewhere
Chromium or Google Chrome), or set CHROMIUM to the path of its program. Then run npm test again.`)
}

const succeeds = (command, args, stdio) =>
  spawnSync(command, args, { stdio, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
