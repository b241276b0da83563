import { productErrors } from './contract.js';

/** Longest line and largest file that an import takes, in bytes of UTF-8 (of characters for the line). */
const LONGEST_LINE = 512 * 1024;
const LARGEST_FILE = 512 * 1024 * 1024;

/** Lines of a file as they arrive, in batches; empty lines keep their place, so that numbers agree with the file. Raises `product.FILE_TOO_LARGE`. */
export async function* lineBatches(
  source: AsyncIterable<Uint8Array | string>,
  size: number,
): AsyncGenerator<{ firstLine: number; lines: string[] }> {
  let firstLine = 1;
  let lines: string[] = [];
  for await (const line of linesOf(source)) {
    lines.push(line);
    if (lines.length < size) continue;
    yield { firstLine, lines };
    firstLine += lines.length;
    lines = [];
  }
  if (lines.length > 0) yield { firstLine, lines };
}

async function* linesOf(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder(); // drops the byte order mark that some editors write
  let rest = '';
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    if (received > LARGEST_FILE) throw productErrors.FILE_TOO_LARGE();
    const parts = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
    rest = parts.pop()!;
    if (rest.length > LONGEST_LINE) throw productErrors.FILE_TOO_LARGE();
    for (const line of parts) yield withoutReturn(line);
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** True for a line that says nothing. */
export const isBlank = (line: string): boolean => line.trim() === '';
