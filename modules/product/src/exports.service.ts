import { Inject, Injectable } from '@nestjs/common';
import type { Ctx, Db } from '@um/kernel';
import { importErrors, type ImportFormat } from './contract.js';
import { csvLine, harmless } from './csv.js';
import { exportedAfter, tableShape, type ExportedProduct } from './exports.queries.js';
import { headingsFor, nameOf, rowsOf, type Heading } from './flat-columns.rules.js';
import { OwnStores } from './own-stores.js';
import type { ProductSchema } from './product.schema.js';
import { LARGEST_SHEET, workbook } from './xlsx-write.js';

/** A file that is made while it is sent. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly body: AsyncIterable<string | Uint8Array>;
}

const AT_ONCE = 500;
const TYPES: Readonly<Record<ImportFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** Spreadsheets take a file without it for one in their own old encoding. */
const MARK = '\u{FEFF}';

/** A store's catalog as a file that an import reads again: some products at a time, whatever its size. */
@Injectable()
export class ExportsService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
  ) {}

  /** Opens the file. Raises `store.NOT_FOUND` for somebody else's store, `product.TOO_MANY_ROWS` for what no sheet can hold. */
  async open(ctx: Ctx, storeId: string, format: ImportFormat): Promise<Download> {
    await this.own.require(ctx, storeId);
    const name = `catalog-${ctx.now.toISOString().slice(0, 10)}.${format}`;
    return { name, type: TYPES[format], body: await this.#body(storeId, format) };
  }

  async #body(storeId: string, format: ImportFormat): Promise<Download['body']> {
    if (format === 'ndjson') return ndjson(this.#pages(storeId));
    const { attributes, options, rows } = await tableShape(this.db, storeId);
    const headings = headingsFor(attributes, options);
    if (format === 'csv') return csv(this.#pages(storeId), headings);
    if (rows >= LARGEST_SHEET) throw importErrors.TOO_MANY_ROWS();
    return workbook(headings, tables(this.#pages(storeId), headings));
  }

  async *#pages(storeId: string): AsyncGenerator<readonly ExportedProduct[]> {
    let after: string | null = null;
    do {
      const page: ExportedProduct[] = await exportedAfter(this.db, storeId, after, AT_ONCE);
      if (page.length > 0) yield page;
      after = page.length < AT_ONCE ? null : page.at(-1)!.id;
    } while (after !== null);
  }
}

async function* ndjson(pages: AsyncIterable<readonly ExportedProduct[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map(({ id: _id, ...line }) => `${JSON.stringify(line)}\n`).join('');
}

async function* csv(
  pages: AsyncIterable<readonly ExportedProduct[]>,
  headings: readonly Heading[],
): AsyncGenerator<string> {
  yield MARK + csvLine(headings.map(nameOf));
  for await (const rows of tables(pages, headings)) yield rows.map((row) => csvLine(row.map(harmless))).join('');
}

async function* tables(
  pages: AsyncIterable<readonly ExportedProduct[]>,
  headings: readonly Heading[],
): AsyncGenerator<string[][]> {
  for await (const page of pages) yield page.flatMap((product) => rowsOf(product, headings));
}
