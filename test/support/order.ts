import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Runs what needs no browser and no server process first, so that a plain mistake shows within seconds. */
export class FastFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    const weights = new Map(sorted.map(file => [file, weight(file.moduleId)]))
    return sorted.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0))
  }
}

function weight(file: string) {
  const source = readFileSync(file, 'utf8')
  if (file.includes('/test/journeys/')) return 3
  if (/support\/(?:browser|town)\./.test(source)) return 2
  return source.includes('support/process') ? 1 : 0
}
