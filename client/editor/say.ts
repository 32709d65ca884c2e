import { type Say, translatorFor } from '../translate.ts'

const words = await translatorFor('editor', 'realtime')

/** The editor's words, without the name of the room; there before anything of the editor is shown. */
export const say: Say = (key, values) => words(`editor.${key}`, values)

/** The words of other rooms, by their whole key. */
export const sayOf: Say = words
