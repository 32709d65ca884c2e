import { killing } from '../support/killing.ts'
import { type Bench, inFolder } from './bench.ts'

const rounds = 200

/** The server is killed at random moments while eight people type: nothing acknowledged may be lost, nothing doubled. */
const bench: Bench = print =>
  inFolder(async folder => {
    const { kills, acknowledged, unanswered, inBatch, lost, doubled, synchronous } = await killing(
      folder,
      rounds,
      print,
    )
    print(`${unanswered} kills with edits on their way; ${inBatch} between a commit and its being shown`)
    for (const word of [...lost].slice(0, 5)) print(`lost: ${word}`)
    return [
      { what: 'kills', is: kills, least: rounds },
      { what: 'acknowledged edits', is: acknowledged, least: 5_000 },
      { what: 'kills inside an open batch', is: inBatch, least: 1 },
      { what: 'acknowledged edits that are lost', is: lost.size, most: 0 },
      { what: 'edits that are doubled', is: doubled.size, most: 0 },
      { what: 'synchronous, of the connection that writes (2 is FULL)', is: Number(synchronous), least: 2, most: 2 },
    ]
  })
export default bench
