import { join } from 'node:path';
import { defineConfig } from 'vite';

/** Builds the caseworker's page into dist/web; the gateway serves it from the same origin. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: join(import.meta.dirname, '..', 'dist', 'web'),
    emptyOutDir: true,
    // The policy of the page forbids inline data and script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        renewed: join(import.meta.dirname, 'renewed.html'),
      },
    },
  },
});
