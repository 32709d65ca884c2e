/** The few words that stand inside the text of the editor itself. */
export interface Words {
  note: string
  tip: string
  important: string
  warning: string
  caution: string
  done: string
  footnote: string
  passageOf: string
  file: string
  picture: string
  summary: string
  caption: string
  noPage: string
}
