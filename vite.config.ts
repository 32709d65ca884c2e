import { defineConfig } from 'vite'

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  resolve: { dedupe: ['yjs', 'lib0', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view', 'lit'] },
  build: {
    outDir: 'dist/client',
    assetsDir: '',
    manifest: 'manifest.json',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['client/main.ts', 'client/style/read.css'] },
  },
})
