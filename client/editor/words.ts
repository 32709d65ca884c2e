import type { Words } from './dom/words.ts'
import { say } from './say.ts'

/** The words that stand inside the text, in the language of the interface. */
export const wordsInText = (): Words => ({
  note: say('text.note'),
  tip: say('text.tip'),
  important: say('text.important'),
  warning: say('text.warning'),
  caution: say('text.caution'),
  done: say('text.done'),
  footnote: say('text.footnote'),
  passageOf: say('text.passage'),
  file: say('text.file'),
  picture: say('text.picture'),
  summary: say('text.summary'),
  caption: say('text.caption'),
  noPage: say('text.no-page'),
})
