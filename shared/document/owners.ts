import * as Y from 'yjs'
import type { Owned } from './authorship.ts'
import { placeholder } from './inline.ts'
import { membersOf, typeNamed } from './live.ts'
import { isElement } from './live-types.ts'

/** Units of a draft that follow each other, as Yjs knows them: from one letter of a client on. */
export type Letters = { size: number; client: number; clock: number }

/** Every unit of a draft by its identity, which stays the same wherever the unit goes, and what the units say. */
export function lettersIn(fragment: Y.XmlFragment): { letters: Letters[]; text: string } {
  const runs: Letters[] = []
  let text = ''
  const add = (client: number, clock: number, size: number) => {
    const last = runs.at(-1)
    if (last?.client === client && last.clock + last.size === clock) last.size += size
    else if (size > 0) runs.push({ size, client, clock })
  }
  const visit = (parent: Y.XmlFragment) => {
    for (const member of membersOf(parent)) {
      if (isElement(member)) {
        if (typeNamed(member.nodeName)?.isInline) {
          add(member._item?.id.client ?? 0, member._item?.id.clock ?? 0, 1)
          text += placeholder
        }
        visit(member)
      } else if (member instanceof Y.XmlText)
        for (let item = member._start; item; item = item.right) {
          if (item.deleted || !(item.content instanceof Y.ContentString)) continue
          add(item.id.client, item.id.clock, item.length)
          text += item.content.str
        }
    }
  }
  visit(fragment)
  return { letters: runs, text }
}

/** For every unit of a draft the client, as Yjs knows it, whose keyboard put it there. */
export function clientsOf(fragment: Y.XmlFragment): { size: number; client: number }[] {
  const runs: { size: number; client: number }[] = []
  for (const { size, client } of lettersIn(fragment).letters) {
    const last = runs.at(-1)
    if (last?.client === client) last.size += size
    else runs.push({ size, client })
  }
  return runs
}

/** The same with the people behind the clients. */
export const ownersOf = (fragment: Y.XmlFragment, ownerOf: (client: number) => string | null | undefined): Owned[] =>
  clientsOf(fragment).map(({ size, client }) => ({ size, person: ownerOf(client) ?? null }))
