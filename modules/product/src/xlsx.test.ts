import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { xlsxRows } from './xlsx-read.js';

const folder = mkdtempSync(path.join(tmpdir(), 'um-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>';
const RELATIONS = '<Relationships><Relationship Id="1" Target="sheet.xml"/></Relationships>';
const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const HEADINGS = '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>';

async function zipped(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), name);
  zip.end();
  return buffer(zip.outputStream);
}
const workbook = (sheet: string, more: Readonly<Record<string, string | Buffer>> = {}) =>
  zipped({ 'xl/workbook.xml': WORKBOOK, 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/sheet.xml': sheet, ...more });

async function rowsOf(bytes: Buffer) {
  const file = path.join(folder, 'workbook.xlsx');
  writeFileSync(file, bytes);
  const rows = [];
  for await (const row of xlsxRows(file)) rows.push(row);
  return rows;
}
const BAD = { code: 'product.BAD_XLSX' };

/** Says in the table of contents that a part unfolds to so many bytes. */
function claiming(bytes: Buffer, part: string, size: number): Buffer {
  const told = Buffer.from(bytes);
  for (let at = told.indexOf('PK\u0001\u0002'); at !== -1; at = told.indexOf('PK\u0001\u0002', at + 4)) {
    const name = told.toString('utf8', at + 46, at + 46 + told.readUInt16LE(at + 28));
    if (name === part) told.writeUInt32LE(size, at + 24);
  }
  return told;
}
/** Text that folds hardly at all. */
function noise(length: number): string {
  let text = '';
  for (let seed = 1; text.length < length; seed = (seed * 48_271) % 2_147_483_647) text += seed.toString(36);
  return text;
}

test('a plain workbook is read, so what is refused below is refused for its limits', async () =>
  expect(await rowsOf(await workbook(sheetOf(`${HEADINGS}<row r="5"><c><v>1</v></c></row>`)))).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 5, cells: ['1'] },
  ]));

describe('a bomb', () => {
  test('that unfolds hundreds of times is refused', async () =>
    expect(rowsOf(await workbook(sheetOf(`${HEADINGS}<!--${' '.repeat(8_000_000)}-->`)))).rejects.toMatchObject(BAD));

  test('is refused in a part that nobody reads, too', async () =>
    expect(
      rowsOf(await workbook(sheetOf(HEADINGS), { 'docProps/app.xml': Buffer.alloc(8_000_000) })),
    ).rejects.toMatchObject(BAD));

  test('of parts that are too large together is refused', async () => {
    const media = noise(1_000_000);
    const parts = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`xl/media/${n}`, media]));
    let bytes = await workbook(sheetOf(HEADINGS), parts);
    for (const part of Object.keys(parts)) bytes = claiming(bytes, part, 200 * 1024 * 1024);
    expect((await rowsOf(bytes)).length).toBe(1); // eight hundred megabytes may still be
    await expect(rowsOf(claiming(bytes, 'xl/media/0', 230 * 1024 * 1024 + 200 * 1024 * 1024))).rejects.toMatchObject(
      BAD,
    );
  });

  test('of shared texts is refused', async () => {
    const texts = (length: number) => `<sst><si><t>${noise(length)}</t></si></sst>`;
    const bytes = await workbook(sheetOf(HEADINGS), { 'xl/sharedStrings.xml': texts(1_000_000) });
    expect(await rowsOf(bytes)).toHaveLength(1);
    await expect(rowsOf(claiming(bytes, 'xl/sharedStrings.xml', 129 * 1024 * 1024))).rejects.toMatchObject(BAD);
  });

  test('that hides its size is refused', async () => {
    const bytes = await workbook(sheetOf(`${HEADINGS}<!--${noise(100_000)}-->`));
    await expect(rowsOf(claiming(bytes, 'xl/sheet.xml', 1_000))).rejects.toMatchObject(BAD);
    await expect(rowsOf(claiming(bytes, 'xl/sheet.xml', 1_000_000))).rejects.toMatchObject(BAD);
  });

  test('of very many parts is refused', async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`xl/${n}`, 'x']));
    expect(await rowsOf(await workbook(sheetOf(HEADINGS), many(1_900)))).toHaveLength(1);
    await expect(rowsOf(await workbook(sheetOf(HEADINGS), many(2_000)))).rejects.toMatchObject(BAD);
  });

  test('of entities is refused', async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    await expect(
      rowsOf(await workbook(`${laughs}${sheetOf('<row><c t="str"><v>&b;</v></c></row>')}`)),
    ).rejects.toMatchObject(BAD);
  });
});

describe('a cell', () => {
  test('that is longer than a cell may be is refused', async () =>
    expect(rowsOf(await workbook(sheetOf(`<row><c t="str"><v>${noise(300_000)}</v></c></row>`)))).rejects.toMatchObject(
      BAD,
    ));

  test('far beyond all columns is refused', async () => {
    expect(await rowsOf(await workbook(sheetOf('<row><c r="XFD1"><v>1</v></c></row>')))).toHaveLength(1);
    await expect(rowsOf(await workbook(sheetOf('<row><c r="XFE1"><v>1</v></c></row>')))).rejects.toMatchObject(BAD);
    await expect(rowsOf(await workbook(sheetOf('<row><c r="1"><v>1</v></c></row>')))).rejects.toMatchObject(BAD);
  });

  test('that is empty takes no place, and one beside the table stands beside it, however far it is', async () => {
    const rows = await rowsOf(
      await workbook(
        sheetOf(
          `<row><c r="XFD1"/></row>${HEADINGS}<row><c r="XFD3"/></row><row><c r="XFD4"><v>1</v></c></row><row><c/><c/></row>`,
        ),
      ),
    );
    expect(rows.map(({ line, cells }) => [line, cells])).toEqual([
      [2, ['a', 'b']],
      [4, ['', '', '1']],
    ]);
  });
});
