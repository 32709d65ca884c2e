import { inWords } from './folder.ts'

/** Tells how far it is, once a second at most. */
export function steps(tell: (words: string) => void, what: string) {
  let told = performance.now()
  return (done: number, of: number) => {
    if (performance.now() - told < 1000) return
    told = performance.now()
    tell(`${what}: ${Math.floor((100 * done) / of)} %`)
  }
}

export function bytes(tell: (words: string) => void, what: string, total: number) {
  const step = steps(tell, `${what} ${inWords(total)}`)
  let done = 0
  return (more: number) => step((done += more), Math.max(total, done))
}
