/** Reader HTML: an escaping template, the translator, and the parts that all reader pages share. Leans on nothing. */
export { asset, assetsFolder, sheetsOf } from './assets.ts'
export { type Child, escape, Html, html, trusted } from './html.ts'
export { type Layout, layout } from './layout.ts'
export { chooseLanguage, type Translator, translator } from './translator.ts'
