import type { PlainNode } from './plain.ts'

/** Takes a document of one version of the schema to the next. It is pure, and knows no schema: that is of today. */
export type Step = (document: PlainNode) => PlainNode

/** From version 1 to 2, from 2 to 3, and so on. They are never changed once released. */
export const steps: readonly Step[] = []

/** The version that these steps lead to. */
export const newestVersion = (taken: readonly Step[]): number => taken.length + 1

/** The document as the newest version says it. */
export const migrated = (document: PlainNode, from: number, taken: readonly Step[] = steps): PlainNode =>
  taken.slice(from - 1).reduce((next, step) => step(next), document)
