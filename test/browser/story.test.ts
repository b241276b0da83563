import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, Watched } from './chromium.js';
import { dataFolder, startPlatform, type Running } from './platform.js';

if (!chromiumPath) console.log('test/browser: skipped, no Chromium is installed on this machine');

const PASSWORD = 'daryo boʻyida uchta tol';
const PIN = '2741';
const CHILD = 'Bobur';
const ADULT_ONLY = 'Camping axe with a sheath';
const email = (name: string): string => `${name}@oila.example`;

const folder = dataFolder();
let platform: Running;
let browser: Watched;
/** The family's tablet and the parent's own phone: two devices of the same account. */
let tablet: BrowserContext;
let shared: Page;
let phone: Page;
let orderPath = '';

const go = (page: Page, path: string) => page.goto(`${platform.url}${path}`, { waitUntil: 'load' });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
const until = (page: Page, path: RegExp) => page.waitForURL((url) => path.test(url.pathname));

async function search(page: Page, words: string): Promise<void> {
  const box = page.getByRole('combobox').or(page.getByRole('searchbox')).first();
  await box.fill(words);
  await box.press('Enter');
  await page.waitForURL((url) => url.pathname.endsWith('/search') && url.searchParams.get('q') === words);
}

/** Finds a product by its words and opens it. */
async function open(page: Page, words: string): Promise<void> {
  await search(page, words);
  await page.locator('main a[href*="/p/"]').first().click();
  await until(page, /\/p\//);
}

async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel('Recipient').fill('Nodira Karimova');
  await page.getByLabel('Phone').fill('90 123 45 67');
  await page.getByLabel('Region').selectOption({ index: 1 });
  await page.getByLabel('City or district').fill('Markaz');
  await page.getByLabel('Street, house, flat').fill('Bogʻ koʻchasi, 12-uy');
}

async function signIn(page: Page, at: string, person: { email: string; password: string }): Promise<void> {
  await go(page, at);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
}

interface Found {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { html: string }[];
}

/** What axe-core finds on a page that keeps someone out. */
async function barriers(page: Page, place: string): Promise<string[]> {
  const found = (await page.evaluate(
    `(async () => { if (!window.axe) { ${axe.source} } return (await axe.run(document, { resultTypes: ['violations'] })).violations; })()`,
  )) as Found[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${place}: ${id} × ${nodes.length}, first ${nodes[0]?.html.slice(0, 160)}`);
}

describe.skipIf(!chromiumPath)('the story of the shop, clicked', () => {
  beforeAll(async () => {
    platform = await startPlatform(folder.dir);
    browser = await Watched.open(platform.url);
    tablet = await browser.device();
    shared = await tablet.newPage();
    console.log(`screens: ${browser.screens}`);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.end('SIGTERM');
    folder.remove();
  });

  // What the devices showed when something failed.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    for (const page of [shared, phone]) if (page && !page.isClosed()) await browser.shot(page, 'failed');
  });

  test('a guest buys with cash', async () => {
    const page = await (await browser.device()).newPage();
    await go(page, '/en');
    await browser.shot(page, 'home');
    await open(page, 'castle blocks');
    await browser.shot(page, 'product');
    await button(page, 'Add to cart').click();
    await page.getByText('Added to the cart').first().waitFor();
    await go(page, '/en/cart');
    await browser.shot(page, 'cart');
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await until(page, /\/checkout$/);
    await page.getByLabel('E-mail').fill(email('guest'));
    await fillAddress(page);
    await page.getByText('In cash on delivery').first().click();
    await browser.shot(page, 'checkout');
    await button(page, /^Place the order/).click();
    await until(page, /\/orders\//);
    await heading(page, /^Order /).waitFor();
    await browser.shot(page, 'guest-order');
    await page.context().close();
  });

  test('a parent opens an account and a child’s profile', async () => {
    await go(shared, '/en/sign-up');
    await shared.getByLabel('Your name').fill('Nodira');
    await shared.getByLabel('E-mail').fill(email('nodira'));
    await shared.getByLabel('Password').fill(PASSWORD);
    await shared.locator('main').getByRole('button', { name: 'Create an account' }).click();
    await until(shared, /\/family$/);
    await go(shared, '/en/family/new');
    await shared.getByLabel('Nickname').fill(CHILD);
    await shared.getByLabel('Date of birth').fill(`${new Date().getFullYear() - 9}-03-14`);
    await shared.getByRole('radio', { name: 'rocket' }).check({ force: true });
    await button(shared, 'Continue').click();
    for (const purpose of await shared.getByRole('checkbox').all()) await purpose.check({ force: true });
    await browser.shot(shared, 'consent');
    await button(shared, 'Continue').click();
    await shared.getByLabel('A day').fill('900000');
    await button(shared, 'Continue').click();
    const pins = shared.locator('main input[type=password]');
    await pins.nth(0).fill(PIN);
    await pins.nth(1).fill(PIN);
    await button(shared, 'Open the profile').click();
    await until(shared, /\/family$/);
    await shared.getByText(CHILD).first().waitFor();
    await browser.shot(shared, 'family');
  });

  test('the parent takes a phone of her own, and finds what is for adults', async () => {
    phone = await (await browser.device()).newPage();
    await signIn(phone, '/en/sign-in', { email: email('nodira'), password: PASSWORD });
    await until(phone, /^\/en\/?$/);
  });

  test('on the same device the child comes in with a PIN and sees only what suits', async () => {
    await open(phone, ADULT_ONLY);
    expect(await heading(phone, /18\+/).count(), 'an adult finds it').toBe(1);
    const adultOnly = new URL(phone.url()).pathname;

    await go(shared, '/en/kids');
    await button(shared, CHILD).click();
    await shared.locator('main input').first().click();
    await shared.keyboard.type(PIN);
    await browser.shot(shared, 'pin');
    await button(shared, 'Come in').click();
    await heading(shared, `Hello, ${CHILD}!`).waitFor();
    await browser.shot(shared, 'child-home');

    await search(shared, ADULT_ONLY);
    await shared.locator('main h1').waitFor();
    expect(await shared.getByText(ADULT_ONLY).locator('visible=true').filter({ hasText: '18+' }).count()).toBe(0);
    expect(await shared.locator(`a[href="${adultOnly}"]`).count()).toBe(0);
    browser.expect(`${platform.url}${adultOnly}`);
    const answer = await go(shared, adultOnly);
    expect(answer?.status()).toBe(404);
    await browser.shot(shared, 'child-404');
  });

  test('the child picks two things and asks with a note; the parent’s bell rings without a reload', async () => {
    await go(phone, '/en/family/approvals');
    await phone.getByRole('link', { name: 'Notifications', exact: true }).first().waitFor();
    for (const words of ['castle blocks', 'ferma puzzle']) {
      await go(shared, '/en');
      await open(shared, words);
      await button(shared, 'Add to my picks').click();
      await shared.getByText('Added to your picks').first().waitFor();
    }
    await go(shared, '/en/cart');
    await shared.getByLabel(/^A note/).fill('Ukam bilan qoʻrgʻon quramiz!');
    await browser.shot(shared, 'picks');
    await button(shared, 'Send to a parent for a decision').click();
    await until(shared, /\/asks\//);
    await phone
      .getByRole('link', { name: /Notifications: \d+ new/ })
      .first()
      .waitFor();
    await browser.shot(phone, 'bell');
  });

  test('the parent approves with a proof of presence and pays', async () => {
    await phone.locator('main a[href*="/family/approvals/"]').first().click();
    await heading(phone, `${CHILD} is asking`).waitFor();
    await phone.getByText('Ukam bilan qoʻrgʻon quramiz!').waitFor();
    await browser.shot(phone, 'approval');
    await button(phone, 'Approve').click();
    await fillAddress(phone);
    await phone.getByText('By card online').first().click();
    for (const box of await phone.locator('dialog[open] input[name=seen]').all()) await box.check({ force: true });
    browser.expect(`${platform.url}/api/v1/approvals/${phone.url().split('/').at(-1)}/decision`);
    await button(phone, /^Approve — /).click();
    // The sign-in on this phone may be too long ago; then the password is asked for again.
    const proof = heading(phone, 'Is this really you?');
    const toOrder = phone.getByRole('link', { name: 'Open the order' });
    await proof.or(toOrder).first().waitFor();
    if (await proof.isVisible()) {
      await phone.getByLabel('Password').fill(PASSWORD);
      await browser.shot(phone, 'step-up');
      await button(phone, 'Confirm').click();
    }
    await toOrder.click();
    await until(phone, /\/orders\//);
    orderPath = new URL(phone.url()).pathname;
    await button(phone, 'Go to payment').click();
    await phone.locator('button.pay').waitFor();
    await browser.shot(phone, 'bank');
    await phone.locator('button.pay').click();
    await phone.waitForURL((url) => url.pathname.endsWith(orderPath.replace(/^\/en/, '')));
    await go(phone, orderPath);
    await phone
      .getByText(/^(Paid|Confirmed)$/)
      .first()
      .waitFor();
  });

  test('the seller accepts, packs and ships in the panel; the buyer sees it live', async () => {
    const order = await phone.evaluate(
      async (path) => (await fetch(path, { headers: { 'accept-language': 'en' } })).json(),
      `/api/v1${orderPath.slice(3)}`,
    );
    const { sellerOrders } = order as { sellerOrders: { id: string; store: { name: string } }[] };
    const seller = folder.signIns().people.find((p) => p.name === sellerOrders[0]!.store.name)!;
    const panel = await (await browser.device()).newPage();
    await panel.goto(`${platform.url}/admin/`);
    await panel.locator('input[type=email]').fill(seller.email);
    await panel.locator('input[type=password]').fill(seller.password);
    await panel.locator('main button[type=submit]').click();
    await panel.locator('nav').first().waitFor();
    await panel.goto(`${platform.url}/admin/orders/${sellerOrders[0]!.id}`);
    for (const [move, state] of [
      ['Accept', 'Accepted'],
      ['Mark as packed', 'Packed'],
      ['Mark as shipped', 'On its way'],
    ] as const) {
      await button(panel, move).first().click();
      const step = phone.locator('[aria-current=step]', { hasText: state }).first();
      await step.waitFor();
      expect(await step.isVisible()).toBe(true);
    }
    await browser.shot(panel, 'panel');
    await browser.shot(phone, 'order-live');
    await panel.context().close();
  });

  test('nothing went wrong on the way: no console error, no request to another origin', () => {
    expect(browser.problems).toEqual([]);
    expect(platform.output()).not.toMatch(/"level":"error"/);
  });

  test('nobody is kept out: axe-core finds nothing serious, light or dark', async () => {
    const found: string[] = [];
    const product = '/en/p/yogoch-qala-konstruktori-60-detal';
    for (const theme of ['light', 'dark'] as const) {
      await phone.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await shared.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const path of ['/en', '/en/search?q=castle', product, '/en/checkout', '/en/family', orderPath]) {
        await go(phone, path);
        found.push(...(await barriers(phone, `${theme} ${path}`)));
      }
      for (const path of ['/en', '/en/cart']) {
        await go(shared, path);
        found.push(...(await barriers(shared, `${theme} child ${path}`)));
      }
    }
    expect(found).toEqual([]);
  });
});
