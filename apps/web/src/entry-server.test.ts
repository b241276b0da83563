import { describe, expect, test } from 'vitest';
import { isShared, render, type RenderAnswer } from './entry-server.js';
import { child, id, parent, platformFor } from './testing/platform.js';
import type { Viewer } from './state/viewer.js';

interface Asked {
  viewer?: Viewer | null;
  changes?: Record<string, unknown>;
  signedIn?: boolean;
}

const bugs: unknown[] = [];
function open(
  url: string,
  { viewer = null, changes = {}, signedIn = viewer !== null }: Asked = {},
): Promise<RenderAnswer> {
  return render({
    url,
    origin: 'https://shop.example',
    api: platformFor(viewer, changes).transport,
    signedIn,
    assets: () => ({ entry: '/e.js', preload: [], styles: [], fonts: [] }),
    onBug: (error) => bugs.push(error),
  });
}

const forAnybody = [
  '/',
  '/catalog',
  '/c/toys',
  '/c/toys.blocks',
  '/search?q=qal',
  '/s/orol',
  '/p/castle',
  '/safety',
  '/offline',
  '/sign-in',
  '/sign-up',
  '/kids',
  '/cart',
  '/checkout',
];
const forParents = [
  '/orders',
  `/orders/${id(60)}`,
  '/family',
  '/family/new',
  `/family/children/${id(2)}`,
  '/family/approvals',
  `/family/approvals/${id(50)}`,
  '/account',
  '/notifications',
];
const forChildren = [
  '/',
  '/catalog',
  '/c/toys',
  '/search',
  '/p/castle',
  '/cart',
  '/asks',
  `/asks/${id(50)}`,
  `/family/approvals/${id(50)}`,
  '/watching',
  '/orders',
  `/orders/${id(60)}`,
  '/notifications',
  '/kids',
];

describe.each(['', '/ru', '/en'])('in the language of "%s"', (prefix) => {
  const cases: [string, Viewer | null][] = [
    ...forAnybody.map((path): [string, null] => [path, null]),
    ...forParents.map((path): [string, Viewer] => [path, parent]),
    ...forChildren.map((path): [string, Viewer] => [path, child]),
  ];
  test.each(cases)('%s opens', async (path, viewer) => {
    const { status, html } = await open(path === '/' && prefix ? prefix : prefix + path, { viewer });
    expect(status).toBe(200);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).toContain('id="main"');
    expect(html).not.toMatch(/undefined|\[object Object\]|NaN/);
  });
});

test('no page of a guest asks who is looking, or for anything of a person', async () => {
  for (const path of forAnybody.filter(isShared)) {
    const { transport, asked } = platformFor(null);
    await render({
      url: path,
      origin: 'https://shop.example',
      api: transport,
      signedIn: false,
      assets: () => ({ entry: '', preload: [], styles: [], fonts: [] }),
      onBug: (error) => bugs.push(error),
    });
    expect(
      asked.filter((call) => !/^GET \/(categories|products|stores)/.test(call)),
      path,
    ).toEqual([]);
  }
});

test('warnings stand after the price and before the button that adds', async () => {
  for (const viewer of [null, child]) {
    const { html } = await open('/p/castle', { viewer });
    const body = html.slice(html.indexOf('id="main"'));
    const [price, safety, button] = [
      body.indexOf('189\u00a0000'),
      body.indexOf('data-safety'),
      body.search(/Savatga qoʻshish|Tanlaganlarimga qoʻshish/),
    ];
    expect(price).toBeGreaterThan(-1);
    expect(safety).toBeGreaterThan(price);
    expect(button).toBeGreaterThan(safety);
    expect(body).toContain('3 yoshgacha');
  }
});

test('every page of a child wears its dress and tells what parents can see', async () => {
  for (const path of forChildren) {
    const { html } = await open(path, { viewer: child });
    expect(html, path).toContain('data-mode="child"');
    expect(html, path).toMatch(/href="\/watching"/);
  }
});

test('a child sees no struck-out price', async () => {
  expect((await open('/p/castle')).html).toContain('<s ');
  expect((await open('/p/castle', { viewer: child })).html).not.toContain('<s ');
});

test('a child does not find grown-ups’ pages', async () => {
  for (const path of ['/family', '/account', '/checkout', '/sign-in'])
    expect((await open(path, { viewer: child })).status, path).toBe(404);
});

test('who must sign in first comes back to where they wanted to go', async () => {
  const { status, headers } = await open(`/ru/family/approvals/${id(50)}?a=1`);
  expect(status).toBe(302);
  expect(headers['location']).toBe(`/ru/sign-in?next=${encodeURIComponent(`/family/approvals/${id(50)}?a=1`)}`);
  expect((await open('/orders')).headers['location']).toBe('/sign-in?next=%2Forders');
});

test('a session that has ended makes a guest’s page, not an error', async () => {
  const { status, html } = await open('/cart', { signedIn: true });
  expect(status).toBe(200);
  expect(html).toContain('"viewer":null');
});

test('when nobody can say who is looking, nothing is shown', async () => {
  const { status, html } = await open('/', { signedIn: true, changes: { 'GET /me': 503 } });
  expect(status).toBe(503);
  expect(html).not.toContain('castle');
});

test('failures become pages with their own status', async () => {
  expect((await open('/nothing/here')).status).toBe(404);
  expect((await open('/p/gone')).status).toBe(404);
  expect((await open('/c/unknown')).status).toBe(404);
  const broken = await open('/p/castle', { changes: { 'GET /products/castle': 500 } });
  expect(broken.status).toBe(500);
  expect(broken.html).toContain('r-1');
  expect(broken.html).toContain('noindex');
});

test('an empty cart does not reach the checkout', async () => {
  const { status, headers } = await open('/checkout', { changes: { 'POST /checkout/quote': 409 } });
  expect([status, headers['location']]).toEqual([302, '/cart']);
});

test('search engines get the product and the way to it', async () => {
  const { html } = await open('/ru/p/castle');
  const things = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    ([, json]) => JSON.parse(json!) as { '@type': string },
  );
  expect(things.map((thing) => thing['@type'])).toEqual(['Product', 'BreadcrumbList']);
  expect(html).toContain('hreflang="uz"');
});

test('nothing above was a bug of the pages', () => {
  expect(bugs.filter((bug) => !(bug instanceof Error && 'status' in bug))).toEqual([]);
});
