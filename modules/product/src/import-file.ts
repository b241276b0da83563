import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importErrors, type ImportFormat } from './contract.js';
import { csvRows } from './csv.js';
import { decoded } from './decoding.js';
import { headingsOf, productOf, type TableRow } from './flat-rows.rules.js';
import { linesOf } from './lines.js';
import { xlsxRows } from './xlsx-read.js';

/** Largest file that an import takes, in bytes; a workbook is folded and unfolds to much more. */
const LARGEST_FILE = 512 * 1024 * 1024;
const LARGEST_WORKBOOK = 64 * 1024 * 1024;
/** Most products, and most characters, that are kept and imported at once. */
const BATCH = 500;
const BATCH_LENGTH = 8 * 1024 * 1024;

/** Products of a file as they are kept until they are imported: a line of NDJSON, or a product put together from rows. */
export interface KeptBatch {
  readonly firstLine: number;
  readonly lines: string[];
}
export interface OpenFile {
  readonly format: ImportFormat;
  readonly batches: AsyncIterable<KeptBatch>;
}
type Source = AsyncIterable<Uint8Array>;
interface KeptLine {
  readonly line: number;
  readonly text: string;
}

/** Opens a seller's file. What is declared as NDJSON is; anything else shows by its first letters what it is. Raises the errors of its format and `product.FILE_TOO_LARGE`. */
export async function openFile(source: Source, declared: string | undefined): Promise<OpenFile> {
  const { begin, whole } = await peeked(bounded(source, LARGEST_FILE));
  if (begin.startsWith('PK\u0003\u0004')) return { format: 'xlsx', batches: batched(workbook(whole)) };
  const isLines =
    /x-ndjson|jsonl/.test(declared ?? '') ||
    begin
      .replace(/^\u00EF\u00BB\u00BF/, '')
      .trimStart()
      .startsWith('{');
  return isLines
    ? { format: 'ndjson', batches: batched(numbered(linesOf(decoded(whole)))) }
    : { format: 'csv', batches: batched(products(csvRows(decoded(whole)))) };
}

async function* bounded(source: Source, most: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    if (received > most) throw importErrors.FILE_TOO_LARGE();
    yield chunk;
  }
}

/** The first letters of a file, byte by byte, and the file from its beginning. */
async function peeked(source: Source): Promise<{ begin: string; whole: Source }> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let begin = '';
  while (begin.trim().length < 4 && begin.length < 1_024) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    begin += Buffer.from(next.value).toString('latin1', 0, 1_024);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { begin, whole: whole() };
}

async function* numbered(lines: AsyncIterable<string>): AsyncGenerator<KeptLine> {
  let line = 0;
  for await (const text of lines) yield { line: (line += 1), text };
}

/** Puts products together from rows that stand together; the first row that says anything is the headings. */
async function* products(rows: AsyncIterable<TableRow>): AsyncGenerator<KeptLine> {
  let headings: ReturnType<typeof headingsOf> | undefined;
  let key = -1;
  let open: TableRow[] = [];
  const closed = (): KeptLine => ({ line: open[0]!.line, text: JSON.stringify(productOf(open, headings!)) });
  for await (const row of rows) {
    if (!headings) {
      headings = headingsOf(row.cells);
      key = headings.findIndex((heading) => heading?.kind === 'column' && heading.column.name === 'externalId');
      continue;
    }
    if (row.cells.every((cell) => cell === '')) continue;
    const same = open.length > 0 && row.cells[key] === open[0]!.cells[key] && row.cells[key] !== '';
    if (!same && open.length > 0) yield closed();
    if (!same) open = [];
    if (open.length < MOST_VARIANT_ROWS) open.push(row);
  }
  if (open.length > 0) yield closed();
}
/** One more than a product may have: it is refused for that, and no file makes us hold more. */
const MOST_VARIANT_ROWS = 1_001;

/** A workbook's table of contents stands at its end: it is put on the disk before it is read, and taken away after. */
async function* workbook(source: Source): AsyncGenerator<KeptLine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'um-import-'));
  try {
    const file = path.join(folder, 'workbook.xlsx');
    await pipeline(Readable.from(bounded(source, LARGEST_WORKBOOK)), createWriteStream(file));
    yield* products(xlsxRows(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* batched(lines: AsyncIterable<KeptLine>): AsyncGenerator<KeptBatch> {
  let batch: KeptBatch | undefined;
  let length = 0;
  for await (const { line, text } of lines) {
    batch ??= { firstLine: line, lines: [] };
    batch.lines.push(text);
    length += text.length;
    if (batch.lines.length < BATCH && length < BATCH_LENGTH) continue;
    yield batch;
    batch = undefined;
    length = 0;
  }
  if (batch) yield batch;
}
