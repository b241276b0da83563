import { join } from 'node:path';
import { drawAll } from './pictures/index.js';

/** Build step: draws the demo's pictures into `dist`. Does nothing for what is up to date. */
const started = performance.now();
const { drawn, kept, removed } = await drawAll(join(import.meta.dirname, '..', 'dist'));
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
process.stdout.write(`Pictures: ${drawn} drawn, ${kept} up to date, ${removed} removed\n${seconds} s\n`);
