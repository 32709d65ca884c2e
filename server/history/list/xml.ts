import { escape } from '../../html/index.ts'

/** Text and attributes of XML 1.0: escaped, and without the characters that no XML document may hold. */
export const xml = (text: string): string =>
  escape(text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd'))
