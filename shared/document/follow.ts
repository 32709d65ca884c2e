import { Fragment, type Node } from 'prosemirror-model'
import { alike, similarity } from './fingerprint.ts'
import { joined } from './inline.ts'
import { merge, type Merged } from './merge.ts'
import { columnsOf, steps } from './pairing.ts'
import { passagesMissing } from './passages.ts'

/**
 * Merges as `merge` does, and lets changes follow the lines that they were made in: where one side has put a line into
 * another block, or to an end of another line, what the other side changed in it is told as if it had been done there. A
 * mere merge takes the line for gone, and since somebody has changed it, it stands there twice. Where that would lose a
 * word of either side, the mere merge has to do.
 */
export function mergeFollowing(base: Node, ours: Node, theirs: Node, prefer: 'ours' | 'theirs' = 'ours'): Merged {
  const there = follow(base, ours, theirs)
  const here = follow(base, there.moved, there.changed)
  if (here.moved !== ours || here.changed !== theirs) {
    const merged = merge(base, here.moved, here.changed, prefer)
    const isLost = (side: Node, other: Node) => passagesMissing(side, base, other, merged.document).blocks.length > 0
    if (!isLost(ours, theirs) && !isLost(theirs, ours)) return merged
  }
  return merge(base, ours, theirs, prefer)
}

/** Puts what `changed` did to lines that `moved` put elsewhere to where they are now, and takes it back where they were. */
function follow(base: Node, changed: Node, moved: Node): { changed: Node; moved: Node } {
  const [inChanged, inMoved] = [successors(base, changed), successors(base, moved)]
  const origins = new Map([...inMoved].map(([was, is]) => [is, was]))
  const lines = linesIn(moved)
  const [takenBack, followers] = [new Map<Node, Node>(), new Map<Node, Node>()]
  for (const line of linesIn(base)) {
    const now = inChanged.get(line)
    if (!now || now.eq(line) || inMoved.has(line) || line.content.size === 0) continue
    const free = lines.filter(one => !followers.has(one))
    const fresh = free.filter(one => !origins.has(one) && one.type === line.type)
    const same = fresh.find(one => one.content.eq(line.content)) ?? mostAlike(line, fresh)
    const host = same ?? free.find(one => holds(one, line) && !holds(origins.get(one), line))
    if (!host) continue
    followers.set(host, same ? merge(line, now, same).document : spliced(host, line, now))
    takenBack.set(now, line)
  }
  return { changed: replaced(changed, takenBack), moved: replaced(moved, followers) }
}

/** Which line became which, whatever stands around them. */
function successors(base: Node, changed: Node): Map<Node, Node> {
  const found = new Map<Node, Node>()
  const walk = (a: Node, b: Node, columns?: ReturnType<typeof columnsOf>) => {
    const inside = a.type.name === 'table' ? columnsOf(a, b) : undefined
    for (const step of steps(a, b, columns)) {
      if (step.kind !== 'keep' && step.kind !== 'change' && step.kind !== 'leave') continue
      const [was, is] = [a.child(step.a), b.child(step.b)]
      if (was.inlineContent) found.set(was, is)
      else walk(was, is, inside)
    }
  }
  walk(base, changed)
  return found
}

const linesIn = (node: Node): Node[] => (node.inlineContent ? [node] : node.children.flatMap(linesIn))

const surely = 0.5 + alike / 2

function mostAlike(line: Node, others: readonly Node[]): Node | undefined {
  const scores = others.map(other => similarity(line, other))
  const best = Math.max(0, ...scores)
  return best >= surely ? others[scores.indexOf(best)] : undefined
}

const holds = (host: Node | undefined, line: Node) => host !== undefined && placeIn(host, line) !== undefined

/** Where a line begins or ends with the whole of another. */
function placeIn(host: Node, line: Node): number | undefined {
  const end = host.content.size - line.content.size
  return [0, end].find(at => end > 0 && host.content.cut(at, at + line.content.size).eq(line.content))
}

function spliced(host: Node, line: Node, now: Node): Node {
  const at = placeIn(host, line) ?? 0
  const [before, after] = [host.content.cut(0, at), host.content.cut(at + line.content.size)]
  return host.copy(joined([...before.content, ...now.content.content, ...after.content]))
}

function replaced(node: Node, by: ReadonlyMap<Node, Node>): Node {
  if (by.size === 0) return node
  const other = by.get(node)
  if (other) return other
  if (node.inlineContent || node.isLeaf) return node
  return node.copy(Fragment.fromArray(node.children.map(child => replaced(child, by))))
}
