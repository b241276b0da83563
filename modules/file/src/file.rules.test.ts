import { expect, test } from 'vitest';
import { contentTypeOf, libraryId, sniffed, uploadId } from './file.rules.js';

test('a library picture has one id for ever', () => {
  expect(libraryId('bear')).toBe(libraryId('bear'));
  expect(libraryId('bear')).not.toBe(libraryId('hare'));
  expect(libraryId('bear')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('an upload is told apart by who sent it and what it holds', () => {
  const [a, b] = [Buffer.from('a'), Buffer.from('b')];
  expect(uploadId('me', a)).toBe(uploadId('me', a));
  expect(new Set([uploadId('me', a), uploadId('me', b), uploadId('you', a)]).size).toBe(3);
});

test.each([
  [[0xff, 0xd8, 0xff, 0xe0], 'jpeg'],
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'png'],
  [[...Buffer.from('RIFF1234WEBP')], 'webp'],
  [[...Buffer.from('1234ftypavif')], 'avif'],
  [[...Buffer.from('1234ftypmp42')], null],
  [[...Buffer.from('GIF89a')], null],
  [[], null],
])('bytes that begin %j are %s', (bytes, kind) => expect(sniffed(Buffer.from(bytes as number[]))).toBe(kind));

test('a variant is what its name says', () => {
  expect(['320.webp', '640.avif', 'x.pdf'].map(contentTypeOf)).toEqual([
    'image/webp',
    'image/avif',
    'application/octet-stream',
  ]);
});
