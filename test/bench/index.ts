import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Bench } from './bench.ts'

/** Runs the named benchmarks, or all of them: `npm run bench -- import`. It ends with 1 where a figure is out of bounds. */
const folder = dirname(fileURLToPath(import.meta.url))
const known = readdirSync(folder)
  .filter(file => file.endsWith('.js') && !['index.js', 'bench.js'].includes(file))
  .map(file => file.slice(0, -3))

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}.\n`)
  process.exitCode = 2
} else for (const name of wanted.length > 0 ? wanted : known) await run(name)

async function run(name: string) {
  process.stdout.write(`${name}\n`)
  // One without a default export has run, and told its figures, by being imported.
  const { default: bench } = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as { default?: Bench }
  const figures = !bench ? [] : await bench(line => process.stdout.write(`  ${line}\n`))
  for (const { what, is, most, least } of figures) {
    const holds = is <= (most ?? Infinity) && is >= (least ?? -Infinity)
    const bound = most === undefined ? `at least ${least}` : `at most ${most}`
    process.stdout.write(`  ${holds ? 'ok ' : 'NOT'} ${what}: ${Number(is.toPrecision(3))} (${bound})\n`)
    if (!holds) process.exitCode = 1
  }
}
