import type { ImportFormat } from './contract.js';
import { tableEntry } from './flat-rows.rules.js';
import { lineEntry, type Entry } from './line.rules.js';
import { isBlank } from './lines.js';

/** Lines of NDJSON as entries, each with its number; empty ones say nothing. */
export const lineEntries = (lines: readonly string[], firstLine: number): Entry[] =>
  lines.flatMap((text, place) => (isBlank(text) ? [] : [lineEntry(text, firstLine + place)]));

/** What was kept of a file, as entries. */
export const keptEntries = (batch: {
  readonly format: ImportFormat;
  readonly lines: readonly string[];
  readonly firstLine: number;
}): Entry[] => (batch.format === 'ndjson' ? lineEntries(batch.lines, batch.firstLine) : batch.lines.map(tableEntry));
