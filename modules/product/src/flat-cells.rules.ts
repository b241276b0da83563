/** How one cell of a table becomes a value and back. What cannot be read stays the text that it is, and is refused as a line's value would be. */
export interface CellKind {
  readonly read: (cell: string) => unknown;
  readonly write: (value: unknown) => string;
  /** Written as a number where cells have types. */
  readonly numeric?: true;
}

const SPACES = /[\s\u00A0\u202F]/g;
const WHOLE = /^-?\d{1,15}(?:[.,]0+)?$/;
const MONEY = /^(\d{1,13})(?:[.,](\d{1,2}))?$/;
const LIST = '|';

const plain = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A text that may be empty, exactly as it stands. */
export const text: CellKind = { read: (cell) => cell, write: plain };

/** A text that must say something: an empty cell says nothing at all. */
export const needed: CellKind = { read: (cell) => (cell === '' ? undefined : cell), write: plain };

/** A text, or nothing. */
export const maybe: CellKind = { read: (cell) => (cell === '' ? null : cell), write: plain };

function whole(cell: string, empty: null | undefined): unknown {
  const bare = cell.replaceAll(SPACES, '');
  if (bare === '') return empty;
  return WHOLE.test(bare) ? Number.parseInt(bare, 10) : cell;
}
/** A whole number; spaces between its digits do not matter. */
export const wholeNumber: CellKind = { read: (cell) => whole(cell, undefined), write: plain, numeric: true };
export const maybeWhole: CellKind = { read: (cell) => whole(cell, null), write: plain, numeric: true };

/** Soʻm with up to two decimals, as tiyin: read digit by digit, so that nothing is rounded. */
function tiyin(cell: string, empty: null | undefined): unknown {
  const bare = cell.replaceAll(SPACES, '');
  if (bare === '') return empty;
  const found = MONEY.exec(bare);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : cell;
}
function som(value: unknown): string {
  if (typeof value !== 'number') return '';
  const rest = value % 100;
  return rest === 0 ? String(value / 100) : `${Math.floor(value / 100)}.${String(rest).padStart(2, '0')}`;
}
export const price: CellKind = { read: (cell) => tiyin(cell, undefined), write: som, numeric: true };
export const maybePrice: CellKind = { read: (cell) => tiyin(cell, null), write: som, numeric: true };

/** Several short words in one cell. */
export const list: CellKind = {
  read: (cell) =>
    cell
      .split(LIST)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  write: (value) => (Array.isArray(value) ? value.join(LIST) : ''),
};

/** The same where each word has its place, though it be empty. */
export const places: CellKind = {
  read: (cell) => (cell.trim() === '' ? [] : cell.split(LIST).map((part) => part.trim())),
  write: list.write,
};

const SPECIAL = /^(?:true|false|".*)$/s;
const isNumber = (cell: string): boolean =>
  cell !== '' && String(Number(cell)) === cell && Number.isFinite(Number(cell));

/** The value of an attribute: `12`, `true` and `false` mean what they look like, quotes make any of them a text, an empty cell is no attribute. */
export const attribute: CellKind = {
  read(cell) {
    if (cell === '') return undefined;
    if (isNumber(cell)) return Number(cell);
    if (cell === 'true' || cell === 'false') return cell === 'true';
    return cell.startsWith('"') ? unquoted(cell) : cell;
  },
  write(value) {
    if (typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value);
    if (typeof value !== 'string') return '';
    return value === '' || isNumber(value) || SPECIAL.test(value) ? JSON.stringify(value) : value;
  },
};

function unquoted(cell: string): string {
  try {
    const value: unknown = JSON.parse(cell);
    return typeof value === 'string' ? value : cell;
  } catch {
    return cell; // an inch mark at the beginning is no quotation
  }
}
