declare module '@citation-js/core' {
  export const plugins: {
    config: { get(plugin: '@bibtex'): { format: { asciiOnly: boolean; checkLabel: boolean } } }
    output: {
      format(format: 'bibtex', items: readonly object[]): string
      format(format: 'ris', items: readonly object[], how: { format: 'object' }): Record<string, unknown>[]
    }
    input: { chain(text: string, how: { generateGraph: boolean }): Record<string, unknown>[] }
  }
}
declare module '@citation-js/plugin-bibtex'
declare module '@citation-js/plugin-ris'
