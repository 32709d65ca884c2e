import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Tells a person what went wrong and what to do, and ends. */
export function fail(message) {
  process.stderr.write(`\n${message}\n`)
  process.exit(1)
}

/** Tells what happens now; on standard error, so that what a command prints stays clean for programs. */
export const tell = message => process.stderr.write(`${message}\n`)

/**
 * Runs `node`, a program by its file inside node_modules, or `npm`, and promises its exit code. A patient parent leaves
 * Ctrl-C to the child, which closes by itself. `quiet` keeps the output and resolves to it as well.
 */
export function run(program, args, { patient = false, ...options } = {}) {
  const [command, given] =
    program === 'npm'
      ? ['npm', args]
      : [process.execPath, program === 'node' ? args : [join(root, 'node_modules', program), ...args]]
  return new Promise((resolve, reject) => {
    const child = spawn(command, given, { cwd: root, stdio: 'inherit', ...options })
    if (patient) passSignals(child)
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

function passSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well; whoever sends a signal to this process alone means the child.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  // npm starts us through a shell, which dies of a signal without passing it on.
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event) return
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 300)
  watch.unref()
  child.on('exit', () => clearInterval(watch))
}
