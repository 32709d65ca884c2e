import type { ContentMatch, NodeType } from 'prosemirror-model'
import * as Y from 'yjs'
import { isElement } from './live-types.ts'

/** What nodes hold that may hold any number of these, in any order: nearly all do. */
export interface Uniform {
  members: ReadonlySet<NodeType>
  /** At least one has to be there. */
  isRequired: boolean
}

const known = new Map<NodeType, Uniform | undefined>()

/** So each member can be judged alone, however many stand around it; undefined where order or number matter. */
export function uniformOf(type: NodeType): Uniform | undefined {
  if (!known.has(type)) known.set(type, read(type.contentMatch))
  return known.get(type)
}

/** Whether a type that must not be empty is not. */
export function hasEnough(type: Y.XmlFragment, { isRequired }: Uniform): boolean {
  if (!isRequired) return true
  for (let item = type._start; item; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentType && isElement(item.content.type)) return true
  return false
}

function read(first: ContentMatch): Uniform | undefined {
  const [then = first] = edgesOf(first).map(({ next }) => next)
  const members = new Set(edgesOf(first).map(({ type }) => type))
  const goesOn = edgesOf(then)
  const isUniform =
    then.validEnd &&
    goesOn.length === members.size &&
    goesOn.every(({ type, next }) => members.has(type) && next === then) &&
    edgesOf(first).every(({ next }) => next === then)
  return isUniform ? { members, isRequired: !first.validEnd } : undefined
}

const edgesOf = (match: ContentMatch) => Array.from({ length: match.edgeCount }, (_, at) => match.edge(at))
