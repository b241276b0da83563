import { Readable } from 'node:stream';
import yazl from 'yazl';
import { nameOf, type Heading } from './flat-columns.rules.js';
import { cellText, lettersOf } from './xlsx-cells.rules.js';

/** Most rows of a sheet, by the format's own rules, with its headings. */
export const LARGEST_SHEET = 1_048_576;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook with one sheet that never change. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="Catalog" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

/** A workbook of one sheet, made while it is read: headings that stay in sight, then the rows as they come. */
export function workbook(
  headings: readonly Heading[],
  rows: AsyncIterable<readonly (readonly string[])[]>,
): AsyncIterable<Uint8Array> {
  const zip = new yazl.ZipFile();
  const out = Readable.from(zip.outputStream, { objectMode: false });
  const sheet = Readable.from(sheetXml(headings, rows), { objectMode: false });
  zip.on('error', (error: Error) => out.destroy(error));
  out.on('close', () => sheet.destroy());
  for (const [name, xml] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(XML + xml), name);
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  return out;
}

async function* sheetXml(
  headings: readonly Heading[],
  pages: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<string> {
  const letters = headings.map((_heading, place) => lettersOf(place));
  const numeric = headings.map((heading) => heading.kind === 'column' && heading.column.numeric === true);
  let line = 1;
  const row = (cells: readonly string[]): string => {
    const told = cells.map((cell, place) => cellXml(`${letters[place]}${line}`, cell, line > 1 && numeric[place]!));
    const xml = `<row r="${line}">${told.join('')}</row>`;
    line += 1;
    return xml;
  };
  yield `${XML}<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="18"/><sheetData>`;
  yield row(headings.map(nameOf));
  for await (const page of pages) yield page.map(row).join('');
  yield '</sheetData></worksheet>';
}

function cellXml(reference: string, cell: string, isNumber: boolean): string {
  if (cell === '') return '';
  if (isNumber) return `<c r="${reference}"><v>${cell}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`;
}
