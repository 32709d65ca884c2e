/** Words of any script joined by hyphens, in lower case: `Как это работает?` becomes `как-это-работает`. */
export function slug(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 120)
}

/** Gives every heading of one document an id of its own: `name`, `name-2`, `name-3`. Ask in reading order. */
export function headingIds(): (text: string) => string {
  const given = new Map<string, number>()
  return text => {
    const wanted = slug(text) || 'section'
    let id = wanted
    for (let count = given.get(wanted) ?? 1; given.has(id); count++) {
      id = `${wanted}-${count + 1}`
      given.set(wanted, count + 1)
    }
    given.set(id, given.get(id) ?? 1)
    return id
  }
}
