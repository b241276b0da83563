import { expect, test } from 'vitest';
import { decoded } from './decoding.js';
import { openFile } from './import-file.js';
import { linesOf } from './lines.js';

async function* chunks(...parts: Uint8Array[]) {
  yield* parts;
}
async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}
const bytes = (text: string) => new TextEncoder().encode(text);
const lines = (...parts: Uint8Array[]) => all(linesOf(decoded(chunks(...parts))));
const decodedText = async (...parts: Uint8Array[]) => (await all(decoded(chunks(...parts)))).join('');

test('lines keep their places over empty ones', async () =>
  expect(await lines(bytes('a\n\nb\r\nc'))).toEqual(['a', '', 'b', 'c']));

test('a line and a letter may arrive in pieces', async () => {
  const text = bytes('{"uz":"oʻyinchoq"}\n{"ru":"мяч"}\n');
  for (let cut = 0; cut <= text.length; cut += 1)
    expect(await lines(text.subarray(0, cut), text.subarray(cut))).toEqual(['{"uz":"oʻyinchoq"}', '{"ru":"мяч"}']);
});

test('a line without an end is refused before it fills the memory', async () => {
  const endless = Array.from({ length: 10 }, () => bytes('x'.repeat(100_000)));
  await expect(lines(...endless)).rejects.toMatchObject({ code: 'product.FILE_TOO_LARGE' });
});

test('a byte order mark is no part of the first line', async () =>
  expect(await lines(new Uint8Array([0xef, 0xbb]), new Uint8Array([0xbf]), bytes('a'))).toEqual(['a']));

test('what is no UTF-8 is windows-1251, also when it begins late', async () => {
  const late = 'a'.repeat(100_000);
  const cyrillic = new Uint8Array([0xcc, 0xff, 0xf7]); // Мяч
  expect(await decodedText(bytes('x;'), cyrillic)).toBe('x;Мяч');
  expect(await decodedText(bytes(late), cyrillic, bytes(late))).toBe(`${late}Мяч${late}`);
  expect(await decodedText(bytes(late + 'мяч'), bytes(late))).toBe(`${late}мяч${late}`);
});

test('UTF-16 shows itself by its mark', async () => {
  const text = Buffer.from('\uFEFFмяч\toʻyin', 'utf16le');
  for (let cut = 0; cut <= text.length; cut += 1)
    expect(await decodedText(text.subarray(0, cut), text.subarray(cut))).toBe('мяч\toʻyin');
});

test('batches carry the number of their first line, and keep within a length', async () => {
  const open = (text: string) => openFile(chunks(bytes(text)), undefined);
  const many = await open(`{}\n${'\n'.repeat(499)}{}\n`);
  expect((await all(many.batches)).map((batch) => [batch.firstLine, batch.lines.length])).toEqual([
    [1, 500],
    [501, 1],
  ]);
  const long = await open(`{${'x'.repeat(500_000)}\n`.repeat(40));
  expect((await all(long.batches)).map((batch) => batch.lines.length)).toEqual([17, 17, 6]);
});
