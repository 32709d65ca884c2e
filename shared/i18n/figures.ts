import type { IntlMessageFormat } from 'intl-messageformat'

type Ast = ReturnType<IntlMessageFormat['getAst']>

/** Changes a message so that values which stand as themselves (`{number}`) are taken from what `withFigures` adds. */
export function renamed(ast: Ast): Ast {
  for (const element of ast)
    // 1 is a value without a format; those of a plural or a choice stay what they are.
    if (element.type === 1) element.value = asFigures(element.value)
    else if ('options' in element) for (const { value } of Object.values(element.options)) renamed(value)
    else if ('children' in element) renamed(element.children)
  return ast
}

/** The values, and once more what stands as itself: a number as `write` writes it. */
export const withFigures = (values: Record<string, unknown>, write: (number: number) => string) => ({
  ...values,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [asFigures(name), typeof value === 'number' ? write(value) : value]),
  ),
})

const asFigures = (name: string) => `${name} in figures`
