import type { AttributeSpec } from 'prosemirror-model'

/** The deepest indent and quotation a block may have; deeper input is clamped, never refused. */
export const deepest = 8

export const lineKinds = ['paragraph', 'heading', 'bullet', 'ordered', 'task'] as const
export type LineKind = (typeof lineKinds)[number]

const text = (value: string): AttributeSpec => ({ default: value, validate: 'string' })
const flag = (value: boolean): AttributeSpec => ({ default: value, validate: 'boolean' })
const oneOf = <Value extends string | null>(value: Value, allowed: readonly Value[]): AttributeSpec => ({
  default: value,
  validate: (given: unknown) => {
    if (!allowed.includes(given as Value)) throw new RangeError(`${String(given)} is none of ${allowed.join(', ')}`)
  },
})
const whole = (value: number | null, least: number, most: number): AttributeSpec => ({
  default: value,
  validate: (given: unknown) => {
    if (given === null && value === null) return
    if (typeof given !== 'number' || !Number.isInteger(given) || given < least || given > most)
      throw new RangeError(`${String(given)} is no whole number from ${least} to ${most}`)
  },
})
/** An identifier or nothing. */
const reference: AttributeSpec = { default: null, validate: 'string|null' }

/** What every block carries: how far it is indented, how deep it is quoted, and which way it is written. */
const block = {
  indent: whole(0, 0, deepest),
  quote: whole(0, 0, deepest),
  dir: oneOf(null, [null, 'ltr', 'rtl']),
}

export const attribute = { text, flag, oneOf, whole, reference, block }
