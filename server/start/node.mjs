import { fail } from './run.mjs'

/** Ends with a message where Node is too old to run the wiki. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `Commonleaf needs Node 20.19 or newer; this is ${process.versions.node}. Get a newer one from https://nodejs.org`,
  )
}
