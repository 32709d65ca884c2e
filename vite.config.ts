import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { iconNames, spriteSource } from './shared/icons.ts'

const style = [
  'accounts',
  'authors',
  'base',
  'compare',
  'discussions',
  'fonts-ui',
  'front',
  'history',
  'lists',
  'play',
  'read',
  'search',
  'taming',
  'takebacks',
]

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  resolve: { dedupe: ['yjs', 'lib0', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view', 'lit'] },
  plugins: [pictures(), compressed()],
  build: {
    outDir: 'dist/client',
    assetsDir: '',
    manifest: 'manifest.json',
    target: 'es2022',
    // light-dark() and nesting are as old as these; older ones would get every colour twice.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      checks: { pluginTimings: false },
      input: ['client/main.ts', ...style.map(name => `client/style/${name}.css`)],
    },
  },
})

/** One sprite of the icons in use, and the wiki's leaf. */
function pictures(): Plugin {
  const symbol = (name: string) => {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8')
    const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, '')}</symbol>`
  }
  return {
    name: 'pictures',
    buildStart() {
      const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${iconNames.map(symbol).join('')}</svg>`
      const leaf = readFileSync('client/style/leaf.svg')
      this.emitFile({ type: 'asset', name: 'icons.svg', originalFileName: spriteSource, source: sprite })
      this.emitFile({ type: 'asset', name: 'leaf.svg', originalFileName: 'client/style/leaf.svg', source: leaf })
    },
  }
}

/** Compresses what the build wrote, as small as it goes, so that the server never has to. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = 'dist/client' }, bundle) {
      const texts = Object.keys(bundle).filter(file => /\.(?:css|js|svg)$/.test(file))
      await Promise.all(
        texts.map(async name => {
          const file = join(dir, name)
          const bytes = await readFile(file)
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
          await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }))
          await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
        }),
      )
    },
  }
}
