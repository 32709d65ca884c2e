/** Which element opens which module: each loads when a page holds it, so readers download none of them. */
const modules: Record<string, () => Promise<unknown>> = {
  'cl-editor': () => import('./editor/editor.ts'),
  'cl-history': () => import('./history/list.ts'),
  'cl-play': () => import('./history/play.ts'),
  'cl-thread': () => import('./discussions/thread.ts'),
  '.cmp-tools': () => import('./history/compare.ts'),
  '.who-filter': () => import('./history/authors.ts'),
}

for (const [element, load] of Object.entries(modules)) if (document.querySelector(element)) void load()
void import('./reading/index.ts')
