/** Which element opens which module: each loads when a page holds it, so readers download none of them. */
const modules: Record<string, () => Promise<unknown>> = {
  'cl-editor': () => import('./editor/editor.ts'),
  'cl-thread': () => import('./discussions/thread.ts'),
}

for (const [element, load] of Object.entries(modules)) if (document.querySelector(element)) void load()
void import('./reading/index.ts')
