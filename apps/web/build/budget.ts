import type { Plugin, Rolldown } from 'vite';
import { gzipSync } from 'node:zlib';

/** What a first visit to a list of products may cost, in bytes of compressed JavaScript. */
const BUDGET = 60 * 1024;

/** Fails the build when a first visit to the product list would ship more JavaScript than it may. */
export function budget(): Plugin {
  return {
    name: 'um:budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const language of ['uz', 'uz-Cyrl', 'ru', 'en']) {
        const needed = new Set<Rolldown.OutputChunk>();
        for (const file of ['src/entry-client.tsx', 'src/pages/list.tsx', `src/i18n/${language}/index.ts`])
          visit(bundle, chunkOf(bundle, file), needed);
        const bytes = [...needed].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
        if (bytes > BUDGET)
          this.error(
            `A first visit to the product list (${language}) costs ${bytes} bytes of JavaScript; the budget is ${BUDGET}`,
          );
        this.info(
          `first visit to the product list (${language}): ${(bytes / 1024).toFixed(1)} KB of JavaScript in ${needed.size} files`,
        );
      }
    },
  };
}

function chunkOf(bundle: Rolldown.OutputBundle, file: string): Rolldown.OutputChunk {
  const found = Object.values(bundle).find(
    (output): output is Rolldown.OutputChunk =>
      output.type === 'chunk' && Boolean(output.facadeModuleId?.endsWith(file)),
  );
  if (!found) throw new Error(`The build has no chunk for ${file}`);
  return found;
}

function visit(bundle: Rolldown.OutputBundle, chunk: Rolldown.OutputChunk, seen: Set<Rolldown.OutputChunk>): void {
  if (seen.has(chunk)) return;
  seen.add(chunk);
  for (const name of chunk.imports) {
    const next = bundle[name];
    if (next?.type === 'chunk') visit(bundle, next, seen);
  }
}
