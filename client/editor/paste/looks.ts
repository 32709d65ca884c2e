/** Whether pasted text was probably written as Markdown: two different signs of it, or one that is nothing else. */
export function looksLikeMarkdown(text: string): boolean {
  const certain = [
    /^#{1,6} \S/m,
    /^```/m,
    /^\|.+\|\s*\n\|[\s:|-]+\|/m,
    /\[[^\]\n]+\]\([^)\s]+\)/,
    /^\s*[-*] \[[ xX]\] /m,
  ]
  const likely = [
    /^\s*[-*+] \S/m,
    /^\s*\d+[.)] \S/m,
    /^> \S/m,
    /\*\*[^*\s][^*\n]*\*\*/,
    /(?:^|\s)`[^`\n]+`/,
    /^---$/m,
    /\[\^\w+\]/,
  ]
  const count = likely.filter(sign => sign.test(text)).length
  const isList = /^\s*(?:[-*+]|\d+[.)]) \S.*\n\s*(?:[-*+]|\d+[.)]) \S/m.test(text)
  return certain.some(sign => sign.test(text)) || count > 1 || isList
}
