import { expect, test } from 'vitest';
import { lineBatches } from './lines.js';

async function* chunks(...parts: (string | Uint8Array)[]) {
  yield* parts;
}
const batches = async (size: number, ...parts: (string | Uint8Array)[]) => {
  const all = [];
  for await (const batch of lineBatches(chunks(...parts), size)) all.push(batch);
  return all;
};
const bytes = (text: string) => new TextEncoder().encode(text);

test('lines keep their numbers over batches and empty lines', async () => {
  expect(await batches(2, bytes('a\n\nb\r\nc'))).toEqual([
    { firstLine: 1, lines: ['a', ''] },
    { firstLine: 3, lines: ['b', 'c'] },
  ]);
});

test('a line and a letter may arrive in pieces', async () => {
  const text = bytes('{"uz":"oʻyinchoq"}\n{"ru":"мяч"}\n');
  for (let cut = 0; cut <= text.length; cut += 1) {
    expect(await batches(10, text.subarray(0, cut), text.subarray(cut))).toEqual([
      { firstLine: 1, lines: ['{"uz":"oʻyinchoq"}', '{"ru":"мяч"}'] },
    ]);
  }
});

test('a byte order mark is no part of the first line', async () => {
  expect(await batches(10, new Uint8Array([0xef, 0xbb, 0xbf]), bytes('a'))).toEqual([{ firstLine: 1, lines: ['a'] }]);
});

test('a line without an end is refused before it fills the memory', async () => {
  const endless = Array.from({ length: 10 }, () => bytes('x'.repeat(100_000)));
  await expect(batches(10, ...endless)).rejects.toMatchObject({ code: 'product.FILE_TOO_LARGE' });
});
