import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * Checks what comes in against its shape, exactly: a wrong type or an unknown field is refused, nothing is coerced or
 * dropped. Parameters and queries are text by nature, so whole numbers and booleans are read there, in one spelling.
 */
export function strictShapes(app: FastifyInstance) {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const check = Compile(schema)
    const properties = 'properties' in schema ? (schema.properties as Record<string, TSchema & { type?: string }>) : {}
    const textual = httpPart === 'querystring' || httpPart === 'params'
    return (given: unknown) => {
      const value = textual ? readText(properties, given as Record<string, unknown>) : given
      if (check.Check(value)) return { value }
      const faults = [...check.Errors(value)].slice(0, 20)
      return {
        error: new ShapeMismatch(
          httpPart ?? 'body',
          faults.map(fault => `${fault.instancePath || '/'} ${fault.message}`),
        ),
      }
    }
  })
  app.setSerializerCompiler(() => value => JSON.stringify(value))
}

export class ShapeMismatch extends Error {
  readonly part: string
  readonly faults: string[]
  constructor(part: string, faults: string[]) {
    super(faults.join('; '))
    this.part = part
    this.faults = faults
  }
}

function readText(properties: Record<string, TSchema & { type?: string }>, given: Record<string, unknown>) {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const type = properties[name]?.type
    if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) read[name] = Number(value)
    else if (type === 'boolean' && (value === 'true' || value === 'false')) read[name] = value === 'true'
    else read[name] = value
  }
  return read
}
