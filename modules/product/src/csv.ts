import { importErrors } from './contract.js';
import type { TableRow } from './flat-rows.rules.js';

/** Longest record, in characters. */
const LONGEST = 512 * 1024;
const DELIMITERS = [',', ';', '\t'];

/** Rows of a CSV file as its text arrives, numbered by the line on which each begins. Raises `product.BAD_CSV` and `product.FILE_TOO_LARGE`. */
export async function* csvRows(source: AsyncIterable<string>): AsyncGenerator<TableRow> {
  const reader = new CsvReader();
  for await (const text of source) yield* reader.push(text);
  yield* reader.end();
}

/** A file names its delimiter in a line of its own, or shows it in its headings. */
export function delimiterOf(text: string): string {
  const said = /^sep=(.)\r?\n/.exec(text);
  if (said) return said[1]!;
  const bare = text.split('\n', 1)[0]!.replaceAll(/"[^"]*(?:"|$)/g, '');
  const counted = DELIMITERS.map((delimiter) => [bare.split(delimiter).length, delimiter] as const);
  return counted.toSorted(([a], [b]) => b - a)[0]![1];
}

interface Cell {
  readonly cell: string;
  readonly end: number;
  /** Line ends within it. */
  readonly lines: number;
}

const orEnd = (text: string, place: number): number => (place === -1 ? text.length : place);

class CsvReader {
  #rest = '';
  #line = 1;
  #delimiter: string | undefined;
  /** Where the line ends that was looked at last. */
  #newline = -1;

  *push(text: string): Generator<TableRow> {
    this.#rest += text;
    yield* this.#records(false);
    if (this.#rest.length > LONGEST) throw importErrors.FILE_TOO_LARGE();
  }

  *end(): Generator<TableRow> {
    if (this.#rest === '') return;
    yield* this.#records(true);
  }

  *#records(last: boolean): Generator<TableRow> {
    if (!this.#begin(last)) return;
    let at = 0;
    this.#newline = -1;
    while (at < this.#rest.length) {
      const found = this.#record(at, last);
      if (!found) break;
      const { cells, end, lines } = found;
      if (cells.length > 1 || cells[0] !== '') yield { line: this.#line, cells: cells.map(asMeant) };
      this.#line += lines;
      at = end;
    }
    this.#rest = this.#rest.slice(at);
  }

  /** Settles the delimiter; false while the first line is not here as a whole. */
  #begin(last: boolean): boolean {
    if (this.#delimiter !== undefined) return true;
    if (!last && !this.#rest.includes('\n')) return false;
    this.#delimiter = delimiterOf(this.#rest);
    const said = /^sep=.\r?\n/.exec(this.#rest);
    if (said) {
      this.#rest = this.#rest.slice(said[0].length);
      this.#line += 1;
    }
    return true;
  }

  /** The record that begins at a place; undefined while its end has not arrived. */
  #record(start: number, last: boolean): { cells: string[]; end: number; lines: number } | undefined {
    const text = this.#rest;
    const cells: string[] = [];
    let at = start;
    let lines = 1;
    for (;;) {
      const found = text[at] === '"' ? this.#quoted(at, last) : this.#plain(at, last);
      if (!found) return this.#unfinished(last, start);
      lines += found.lines;
      cells.push(found.cell);
      at = found.end;
      if (at >= text.length) return last ? { cells, end: at, lines } : undefined;
      if (text[at] === '\n') return { cells, end: at + 1, lines };
      at += 1;
    }
  }

  /** A cell in quotes: it ends at a delimiter, at the end of a line, or with the text. */
  #quoted(open: number, last: boolean): Cell | undefined {
    const text = this.#rest;
    const close = closingQuote(text, open);
    if (close === -1 || (!last && close + 1 >= text.length)) return undefined;
    const cell = text.slice(open + 1, close).replaceAll('""', '"');
    let end = close + 1;
    if (text[end] === '\r' && (text[end + 1] === '\n' || end + 1 === text.length)) end += 1;
    if (end < text.length && text[end] !== this.#delimiter && text[end] !== '\n')
      throw importErrors.BAD_CSV({ line: this.#line });
    return { cell, end, lines: cell.split('\n').length - 1 };
  }

  #plain(at: number, last: boolean): Cell | undefined {
    const text = this.#rest;
    if (this.#newline < at) this.#newline = orEnd(text, text.indexOf('\n', at));
    if (this.#newline === text.length && !last) return undefined;
    const delimiter = orEnd(text, text.indexOf(this.#delimiter!, at));
    return delimiter < this.#newline
      ? { cell: text.slice(at, delimiter), end: delimiter, lines: 0 }
      : { cell: withoutReturn(text.slice(at, this.#newline)), end: this.#newline, lines: 0 };
  }

  #unfinished(last: boolean, start: number): undefined {
    if (last || this.#rest.length - start > LONGEST) throw importErrors.BAD_CSV({ line: this.#line });
    return undefined;
  }
}

/** The quote that ends a cell; two in a row are one letter of it. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

const withoutReturn = (cell: string): string => (cell.endsWith('\r') ? cell.slice(0, -1) : cell);

/** What spreadsheets take for a formula: after spaces, and after apostrophes that were put before one already. A number is none. */
const FORMULA = /^'*\s*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/u;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
const runs = (cell: string): boolean => FORMULA.test(cell) && !NUMBER.test(cell);

/** A cell that a spreadsheet would run as a formula, with an apostrophe before it: it is shown as the text that it is. */
export const harmless = (cell: string): string => (runs(cell) ? `'${cell}` : cell);

/** Takes the apostrophe away that `harmless` puts before a cell. Any other stays. */
export const asMeant = (cell: string): string => (cell.startsWith("'") && runs(cell.slice(1)) ? cell.slice(1) : cell);

const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/** One line of CSV, with its end. */
export const csvLine = (cells: readonly string[], delimiter = ','): string =>
  `${cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\r\n`;
