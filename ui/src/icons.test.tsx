import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as icons from './icons.js';

const { icons: drawn, aliases } = JSON.parse(
  readFileSync(new URL(import.meta.resolve('@iconify-json/lucide/icons.json')), 'utf8'),
) as { icons: Record<string, { body: string }>; aliases?: Record<string, { parent: string }> };
const lucideName = (component: string): string =>
  component
    .slice(4)
    .replace(/([a-z])([A-Z0-9])/g, '$1-$2')
    .toLowerCase();

test('every icon is drawn exactly as in Lucide', () => {
  for (const [name, Icon] of Object.entries(icons)) {
    const source = drawn[lucideName(name)] ?? drawn[aliases?.[lucideName(name)]?.parent ?? ''];
    const inside = (Icon({}).props as { dangerouslySetInnerHTML: { __html: string } }).dangerouslySetInnerHTML.__html;
    const shapes = (text: string): string[] =>
      [...text.matchAll(/ (?:d|points|cx|cy|r|rx|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g)].map(([found]) => found);
    expect(shapes(inside), name).toEqual(shapes(source?.body ?? ''));
  }
});

test('an icon is decoration: screen readers pass over it', () => {
  expect(icons.IconBell({}).props).toMatchObject({ 'aria-hidden': 'true', focusable: 'false' });
});
