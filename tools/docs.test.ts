import { expect, test } from 'vitest';
import { house, write } from '../test/fences/house.ts';
import { documentDrift } from './docs.ts';

/** What is wrong in a README of this text. */
function wrongIn(text: string): string[] {
  const root = house();
  write(root, 'package.json', JSON.stringify({ name: 'house', workspaces: [], scripts: { start: '', check: '' } }));
  write(root, 'docs/GUIDE.md', '# Guide');
  write(root, 'tools/check.ts', '');
  write(root, 'README.md', text);
  return documentDrift(root);
}

test('links and commands that exist', () => {
  expect(
    wrongIn(
      '[guide](docs/GUIDE.md#start) <img src="docs/GUIDE.md"> https://example.com [x](#here) `npm ci && npm start`, `npm run check`, `node tools/check.ts`',
    ),
  ).toEqual([]);
});

test('prose is no command', () => {
  expect(wrongIn('npm puts its commands first on the path, and npm workspaces share them')).toEqual([]);
});

test('a link that leads nowhere', () => {
  expect(wrongIn('[guide](docs/GONE.md)')).toEqual(['README.md: link to docs/GONE.md leads nowhere']);
});

test('a command that is not there', () => {
  expect(wrongIn('`npm run cheque` and `node tools/gone.ts`')).toEqual([
    'README.md: `npm run cheque` is no command',
    'README.md: `node tools/gone.ts` has no such file',
  ]);
});
