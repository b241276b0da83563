import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disposition, documentKind, documentName, isSigned, signedPath } from './document.rules.js';

const given = (path: string) => {
  const url = new URL(path, 'http://x');
  return { expires: Number(url.searchParams.get('expires')), signature: url.searchParams.get('signature')! };
};

test('a signature is good for its right and its moment alone', () => {
  const { expires, signature } = given(signedPath('secret', 'a', 1_000));
  expect(expires).toBe(1_000);
  expect(isSigned('secret', 'a', 1_000, signature)).toBe(true);
  expect(isSigned('secret', 'a', 1_001, signature)).toBe(false);
  expect(isSigned('secret', 'b', 1_000, signature)).toBe(false);
  expect(isSigned('other', 'a', 1_000, signature)).toBe(false);
  for (const wrong of ['', 'x', signature.slice(1), `${signature}AA`])
    expect(isSigned('secret', 'a', 1_000, wrong)).toBe(false);
});

test('a kind is told by the bytes, and what is not sold has none', () => {
  const epub = `PK\u0003\u0004${'\0'.repeat(26)}mimetypeapplication/epub+zipPK`;
  const all: [string, string | null][] = [
    ['%PDF-1.7', 'pdf'],
    [epub, 'epub'],
    ['PK\u0003\u0004 a zip of drawings', 'zip'],
    ['ID3\u0004', 'mp3'],
    ['\u00ff\u00fb\u0090', 'mp3'],
    ['\0\0\0\u0018ftypmp42', 'mp4'],
    ['\0\0\0\u0018ftypavif', null],
    ['\u0089PNG\r\n\u001a\n', 'png'],
    ['\u00ff\u00d8\u00ff\u00e0', 'jpg'],
    ['MZ\u0090', null],
    ['<html><script>', null],
    ['#!/bin/sh', null],
    ['', null],
  ];
  for (const [bytes, kind] of all) expect([bytes, documentKind(Buffer.from(bytes, 'latin1'))]).toEqual([bytes, kind]);
});

test('a name keeps its letters, and nothing of a path, a control or another ending', () => {
  expect(documentName('Oʻyinlar kitobi.pdf', 'pdf')).toBe('Oʻyinlar kitobi.pdf');
  expect(documentName('../../etc/passwd', 'zip')).toBe('passwd.zip');
  expect(documentName('C:\\tmp\\book.exe', 'pdf')).toBe('book.pdf');
  expect(documentName('a"b\r\nSet-Cookie: x\u202Efdp.exe', 'pdf')).toBe(
    'a b Set-Cookie xfdp.pdf'.replace('xfdp', 'x fdp'),
  );
  expect(documentName('...', 'pdf')).toBe('file.pdf');
});

test('no name breaks out of its header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const safe = documentName(name.toWellFormed(), 'pdf');
      expect([...safe].length).toBeLessThanOrEqual(104);
      const header = disposition(safe);
      expect(header).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[A-Za-z0-9%._~&$+^`|#!-]*$/);
      expect(decodeURIComponent(header.split("''")[1]!)).toBe(safe);
    }),
  );
});
