import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { drawings } from './build/drawings.ts';
import { precompress } from '@um/ui/precompress';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The shared components are written for React's API; the storefront gives them Preact, a tenth of the size. */
export const preactForReact = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/server$/, replacement: 'preact/compat/server' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react(-dom)?$/, replacement: 'preact/compat' },
];

export default defineConfig(({ isSsrBuild }) => ({
  root: here('.'),
  plugins: [tailwindcss(), ...(isSsrBuild ? [] : [drawings(), budget(), precompress()])],
  resolve: { alias: preactForReact, conditions: ['source', 'module', 'browser', 'development|production'] },
  ssr: { noExternal: true, resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  publicDir: isSsrBuild ? false : here('public'),
  build: isSsrBuild
    ? { outDir: 'dist/ssr', emptyOutDir: true, copyPublicDir: false, target: 'node24' }
    : {
        outDir: 'dist/client',
        emptyOutDir: true,
        manifest: true,
        target: 'es2022',
        assetsInlineLimit: 1024,
        rolldownOptions: {
          input: { client: here('src/entry-client.tsx'), sw: here('src/sw.ts') },
          output: {
            entryFileNames: ({ name }: { name: string }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
          },
        },
      },
}));
