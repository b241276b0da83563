import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, csvRows, delimiterOf, harmless } from './csv.js';

async function* chunks(...parts: string[]) {
  yield* parts;
}
async function rows(...parts: string[]) {
  const found = [];
  for await (const row of csvRows(chunks(...parts))) found.push(row);
  return found;
}
const cells = async (...parts: string[]) => (await rows(...parts)).map((row) => row.cells);

describe('a CSV file', () => {
  test.each([
    ['a,b\n1,2', ','],
    ['a;b,c;d\n', ';'],
    ['a\tb\n', '\t'],
    ['"a;b;c",d\n', ','],
    ['sep=;\na,b,c;d\n', ';'],
    ['a', ','],
  ])('%j is divided by %j', (text, delimiter) => expect(delimiterOf(text)).toBe(delimiter));

  test('has quotes, quotes in quotes, delimiters and line ends within quotes', async () =>
    expect(await cells('a;b\r\n"x;1";"say ""hi"""\r\n"two\nlines";\r\n')).toEqual([
      ['a', 'b'],
      ['x;1', 'say "hi"'],
      ['two\nlines', ''],
    ]));

  test('has rows numbered as an editor numbers them', async () =>
    expect((await rows('a,b\n"1\n2\n3",x\n\ny,z\n')).map((row) => row.line)).toEqual([1, 2, 6]));

  test('counts a line that names the delimiter', async () =>
    expect(await rows('sep=;\na;b')).toEqual([{ line: 2, cells: ['a', 'b'] }]));

  test.each(['a,b\n"1', 'a,b\n"1"x,2\n'])('with a quotation mark out of place is refused: %j', async (text) =>
    expect(rows(text)).rejects.toMatchObject({ code: 'product.BAD_CSV', details: { line: 2 } }),
  );

  test('whose quotation never ends is refused before it fills the memory', async () => {
    const endless = Array.from({ length: 10 }, () => 'x'.repeat(100_000));
    await expect(rows('a,b\n"', ...endless)).rejects.toMatchObject({ code: expect.stringMatching(/CSV|LARGE/) });
  });

  test('reads back what was written, however it arrives', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '\t', '"', '\n', '\r', ' ', 'ё', '🧸') });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    const cuts = fc.array(fc.nat(200), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(table, cuts, async (told, places) => {
        const text = csvLine(['x', 'y', 'z']) + told.map((row) => csvLine(row)).join('');
        const ends = [...new Set([0, ...places.map((place) => place % text.length), text.length])].toSorted(
          (a, b) => a - b,
        );
        const parts = ends.slice(1).map((end, nth) => text.slice(ends[nth], end));
        expect((await cells(...parts)).slice(1)).toEqual(told);
      }),
    );
  });

  test.each(['=1+1', '+998 90', '-a', '@x', '\t=1', '\r=1', ' \n=1', '\uFF1D1+1', "'=1", "''@x", '-1e5', '+-1'])(
    'shows %j as a text',
    (cell) => expect(harmless(cell)).toBe(`'${cell}`),
  );

  test.each(['-5', '+7', '-1.5', '12,5', 'a=b', "'", "'a", "o'=b", '', '(=1)'])('leaves %j as it is', (cell) =>
    expect(harmless(cell)).toBe(cell),
  );

  test('runs nothing in a spreadsheet, and reads back what was meant', async () => {
    const cell = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', ' ', '\uFF0B', '1', 'a') });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 4 }), async (told) => {
        const written = told.map(harmless);
        for (const text of written) expect(text).not.toMatch(/^\s*[=+\-@\t\r\uFF0B](?![\d.]*$)/);
        expect(await cells(csvLine(['x', 'y', 'z', 'u']) + csvLine(written))).toEqual([['x', 'y', 'z', 'u'], told]);
      }),
      { numRuns: 500 },
    );
  });
});
