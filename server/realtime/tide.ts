import type { Counts } from './counts.ts'
import type { Limits } from './limits.ts'

export type Tide = ReturnType<typeof tideOf>

/** Rooms with no more people than this never wait of their own accord. */
const fewPeople = 8
/** What each of them adds to the wait, in milliseconds: the more there are, the more frames a wait saves. */
const forEach = 0.2
const commitsToWait = 4
/** How much the newest commit counts in the average. */
const newest = 0.1

/**
 * When rooms write. With few people they do so at once; many people make a room wait a little, longer where the disk is
 * slow, so that one commit and one frame hold the edits of several. Rooms that wait do so for the same moment, and then
 * share a commit.
 */
export function tideOf(limits: Limits, counts: Counts) {
  let commit = 0
  let wave: { at: number; rooms: (() => void)[] } | undefined

  let newestWindow = 0

  function windowFor(people: number): number {
    if (people <= fewPeople) return (newestWindow = limits.windowLeast)
    const wanted = people * forEach + commit * commitsToWait
    if (wanted > limits.window) counts.reached('window')
    return (newestWindow = Math.max(limits.windowLeast, Math.min(limits.window, wanted)))
  }

  function begin(wait: number, at: number) {
    const rooms: (() => void)[] = []
    const begun = { at, rooms }
    setTimeout(() => {
      if (wave === begun) wave = undefined
      for (const write of rooms) write()
    }, wait)
    return begun
  }

  return {
    /** Calls back when a room of so many people, in which somebody has written, is to commit it. */
    turn(people: number, write: () => void) {
      const wait = windowFor(people)
      if (wait === 0) return void setImmediate(write)
      const at = performance.now() + wait
      if (!wave || wave.at > at) wave = begin(wait, at)
      wave.rooms.push(write)
    },

    /** How long the draft waits that was written in last, in milliseconds. */
    window: () => newestWindow,

    /** A commit took so many milliseconds. */
    committed(milliseconds: number) {
      commit += (milliseconds - commit) * newest
    },
  }
}
