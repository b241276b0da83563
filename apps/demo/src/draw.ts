import { join } from 'node:path';
import { drawAll } from './pictures/index.js';

/** Build step: draws the demo's pictures, banners and brand files into `dist`. Does nothing for what is up to date. */
const started = performance.now();
const { pictures, banners, brand } = await drawAll(join(import.meta.dirname, '..', 'dist'));
const line = (what: string, { drawn, kept, removed }: typeof pictures): string =>
  `${what}: ${drawn} drawn, ${kept} up to date, ${removed} removed`;
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
process.stdout.write(
  `${[line('Pictures', pictures), line('Banners', banners), `Brand files: ${brand}`, `${seconds} s`].join('\n')}\n`,
);
