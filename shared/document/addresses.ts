/** Schemes that a link may name; everything else with a scheme is refused, so nothing a person types can be run. */
const schemes = new Set(['http', 'https', 'mailto', 'tel'])

/** Whether a link may point there: one of the four schemes, or no scheme at all (a path, a relative path, a #part). */
export function isSafeAddress(address: string): boolean {
  // Browsers ignore blanks and control characters in a scheme, so they are ignored before it is read.
  const scheme = /^([^/?#]*?):/.exec(withoutBlanks(address))?.[1]
  return scheme === undefined || schemes.has(scheme.toLowerCase())
}

/** Whether a picture or other file may be named by this address: http, https, or no scheme. */
export function isSafeSource(address: string): boolean {
  return isSafeAddress(address) && !/^(?:mailto|tel):/i.test(withoutBlanks(address))
}

/** Whether a file lies in this wiki, so that a reader's browser may fetch it without telling another site. */
export function isOwnMedium(address: string): boolean {
  return /^\/media\/[^\\\s]+$/.test(address) && !address.includes('/../') && !hasControl(address)
}

/** The page an address like `/p/<id>` names, and the part of it, if it is one. */
export function pageAddress(address: string): { page: string; fragment: string; revision: number | null } | undefined {
  const found = /^\/p\/([A-Za-z0-9_-]{1,64})(?:\?revision=(\d{1,9}))?(?:#(.*))?$/.exec(address)
  if (!found?.[1]) return undefined
  return { page: found[1], fragment: found[3] ?? '', revision: found[2] === undefined ? null : Number(found[2]) }
}

/** Whether an address leads out of this wiki. */
export const isExternal = (address: string) => /^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(withoutBlanks(address))

const withoutBlanks = (address: string) =>
  [...address].some(character => character <= ' ' || isControl(character))
    ? [...address].filter(character => character > ' ' && !isControl(character)).join('')
    : address

const isControl = (character: string) => character < ' ' || (character >= '\u007f' && character <= '\u009f')
const hasControl = (address: string) => [...address].some(isControl)

/** Text as one part of a path; half characters, which no address can hold, become replacement characters. */
export const pathPart = (text: string) => encodeURIComponent(wellFormed(text))

/** The text without halves of characters and without NUL, which databases and addresses refuse. */
export const wellFormed = (text: string) => text.replace(/\p{Surrogate}|\0/gu, '\ufffd')
