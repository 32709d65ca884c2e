/** The words in a field of a form, without blanks around them. */
export function textIn(given: FormData, name: string): string {
  const value = given.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
