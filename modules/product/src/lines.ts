import { importErrors } from './contract.js';

/** Longest line that an import takes, in characters. */
const LONGEST_LINE = 512 * 1024;

/** Lines of a text as it arrives; empty ones too, so that their numbers agree with the file. Raises `product.FILE_TOO_LARGE`. */
export async function* linesOf(source: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of source) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    if (rest.length > LONGEST_LINE) throw importErrors.FILE_TOO_LARGE();
    for (const line of parts) yield withoutReturn(line);
  }
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** True for a line that says nothing. */
export const isBlank = (line: string): boolean => line.trim() === '';
