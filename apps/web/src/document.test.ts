import { expect, test } from 'vitest';
import { htmlDocument, type DocumentParts } from './document.js';

const parts: DocumentParts = {
  locale: 'ru',
  path: '/p/x',
  search: '?from=mail',
  origin: 'https://shop.example',
  child: false,
  brand: 'UltraMarket',
  body: '<main></main>',
  state: {},
  head: { title: 'Замок', description: 'Из дерева', image: '/api/v1/files/1/640.webp' },
  assets: {
    entry: '/assets/client.js',
    preload: ['/assets/ru.js'],
    styles: ['/assets/a.css'],
    fonts: ['/assets/f.woff2'],
  },
};

test('a page names its language, its one address and the same page in the others', () => {
  const html = htmlDocument(parts);
  expect(html).toContain('<html lang="ru">');
  expect(html).toContain('<link rel="canonical" href="https://shop.example/ru/p/x">');
  expect(html).toContain('<link rel="alternate" hreflang="uz" href="https://shop.example/p/x">');
  expect(html).toContain('<link rel="alternate" hreflang="en" href="https://shop.example/en/p/x">');
  expect(html).toContain('<meta property="og:image" content="https://shop.example/api/v1/files/1/640.webp">');
  expect(html).toContain('<title>Замок · UltraMarket</title>');
});

test('somebody’s own page is kept out of search engines', () => {
  const html = htmlDocument({ ...parts, head: { title: 'Корзина', hidden: true } });
  expect(html).toContain('<meta name="robots" content="noindex">');
  expect(html).not.toContain('canonical');
});

test('nothing a seller writes can leave its place', () => {
  const evil = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>';
  const html = htmlDocument({
    ...parts,
    state: { evil },
    head: { title: evil, description: evil, jsonLd: [{ name: evil }] },
  });
  expect(html.match(/<script/g)).toHaveLength(4);
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('alert(1)</script><script>');
});

test('a child’s page is marked as such before anything is painted', () => {
  expect(htmlDocument({ ...parts, child: true })).toContain('data-mode="child"');
});
