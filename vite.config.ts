import { defineConfig } from 'vite';

/** The browser app: src/dashboard -> dist/dashboard, which the companion serves. */
export default defineConfig({
  root: 'src/dashboard',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no data: URLs, so nothing is inlined; and no polyfill script is needed at this target.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
