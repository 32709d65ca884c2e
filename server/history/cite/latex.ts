const commands: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '"': '\\textquotedbl{}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
}

/** Words as LaTeX prints them. BibTeX counts every brace, also one behind a backslash, so none of them stands by itself. */
export const latex = (text: string): string => text.replace(/[\\{}~^<>"&%$#_]/g, sign => commands[sign] ?? sign)
