/** How many colours presence knows; the style sheets name them `--p1` to `--p8`. */
export const colours = 8

/** The colour, 1 to 8, in which a person's cursor and picture are shown: the same everywhere and for ever. */
export function colourOf(personId: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < personId.length; at++) hash = Math.imul(hash ^ personId.charCodeAt(at), 0x01000193) >>> 0
  return (((hash ^ (hash >>> 15)) >>> 0) % colours) + 1
}
