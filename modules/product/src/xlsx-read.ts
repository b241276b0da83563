import type { SaxesTagPlain } from 'saxes';
import { importErrors } from './contract.js';
import type { TableRow } from './flat-rows.rules.js';
import { columnOf, numberText, unescaped } from './xlsx-cells.rules.js';
import { Parts, type Handler } from './xlsx-parts.js';

/** Widest row and longest cell that a workbook may have, by the format's own rules. */
const MOST_COLUMNS = 16_384;
const LONGEST_CELL = 32_767 * 8;

/** Rows of the first sheet of a workbook, one after the other, numbered as the sheet shows them. Raises `product.BAD_XLSX`. */
export async function* xlsxRows(path: string): AsyncGenerator<TableRow> {
  const parts = await Parts.open(path);
  try {
    const sheet = await firstSheet(parts);
    const strings = parts.has('xl/sharedStrings.xml')
      ? await all(parts.read('xl/sharedStrings.xml', new Strings()))
      : [];
    yield* parts.read(sheet, new Rows(strings));
  } finally {
    parts.close();
  }
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

async function firstSheet(parts: Parts): Promise<string> {
  const [first] = await all(parts.read('xl/workbook.xml', new Attributes('sheet', ['r:id'])));
  const targets = await all(parts.read('xl/_rels/workbook.xml.rels', new Attributes('Relationship', ['Id', 'Target'])));
  const target = targets.find(([id]) => id === first?.[0])?.[1];
  if (!target) throw importErrors.BAD_XLSX();
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Attributes of all tags of a name. */
class Attributes implements Handler<string[]> {
  #found: string[][] = [];

  constructor(
    private readonly tag: string,
    private readonly names: readonly string[],
  ) {}

  open(name: string, { attributes }: SaxesTagPlain): void {
    if (name === this.tag) this.#found.push(this.names.map((attribute) => attributes[attribute] ?? ''));
  }
  text(): void {
    // these parts say what they say in attributes
  }
  close(): void {
    // nothing is nested in what is looked for
  }
  taken(): string[][] {
    return this.#found.splice(0);
  }
}

/** The texts that cells share, without the readings that Japanese workbooks put beside them. */
class Strings implements Handler<string> {
  #found: string[] = [];
  #text = '';
  #inText = false;
  #reading = 0;

  open(name: string): void {
    if (name === 'si') this.#text = '';
    if (name === 'rPh') this.#reading += 1;
    this.#inText = name === 't' && this.#reading === 0;
  }
  text(text: string): void {
    if (this.#inText) this.#text += text;
  }
  close(name: string): void {
    if (name === 't') this.#inText = false;
    if (name === 'rPh') this.#reading -= 1;
    if (name === 'si') this.#found.push(unescaped(this.#text));
  }
  taken(): string[] {
    return this.#found.splice(0);
  }
}

/** The rows of a sheet. */
class Rows implements Handler<TableRow> {
  #found: TableRow[] = [];
  #line = 0;
  #cells: string[] = [];
  #column = 0;
  #type = 'n';
  #value = '';
  #reads = false;
  /** How wide the first row is that says anything: the table. */
  #width = 0;

  constructor(private readonly strings: readonly string[]) {}

  open(name: string, { attributes }: SaxesTagPlain): void {
    if (name === 'row') {
      this.#line = Number(attributes['r'] ?? this.#line + 1);
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'c') {
      const reference = attributes['r'];
      this.#column = reference === undefined ? this.#column + 1 : columnOf(reference);
      if (!(this.#column >= 0 && this.#column < MOST_COLUMNS)) throw importErrors.BAD_XLSX();
      this.#type = attributes['t'] ?? 'n';
      this.#value = '';
    }
    this.#reads = name === 'v' || name === 't';
  }
  text(text: string): void {
    if (!this.#reads) return;
    this.#value += text;
    if (this.#value.length > LONGEST_CELL) throw importErrors.BAD_XLSX();
  }
  close(name: string): void {
    if (name === 'v' || name === 't') this.#reads = false;
    else if (name === 'c') this.#put(this.#told());
    else if (name === 'row') this.#end();
  }
  taken(): TableRow[] {
    return this.#found.splice(0);
  }

  /**
   * Empty cells take no place, and what stands beside the table stands in the first column beside it: some bytes of a file can
   * name a column that is thousands of cells away, row after row.
   */
  #put(cell: string): void {
    if (cell === '') return;
    const column = this.#width === 0 ? this.#column : Math.min(this.#column, this.#width);
    while (this.#cells.length < column) this.#cells.push('');
    this.#cells[column] = cell;
  }
  #end(): void {
    if (this.#width === 0) this.#width = this.#cells.length;
    if (this.#cells.length > 0) this.#found.push({ line: this.#line, cells: this.#cells });
  }
  #told(): string {
    switch (this.#type) {
      case 's':
        return this.strings[Number(this.#value)] ?? '';
      case 'b':
        return this.#value === '1' ? 'true' : 'false';
      case 'n':
        return numberText(this.#value);
      case 'e':
        return this.#value;
      default:
        return unescaped(this.#value);
    }
  }
}
