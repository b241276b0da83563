import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine, or undefined when none is installed. */
export const chromiumPath: string | undefined = PLACES.find((place) => existsSync(place));

/** A browser that writes down everything that should not happen: console errors and requests to other origins. */
export class Watched {
  readonly problems: string[] = [];
  readonly screens = mkdtempSync(path.join(tmpdir(), 'um-screens-'));
  private shots = 0;
  private readonly expected = new Set<string>();

  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  static async open(origin: string): Promise<Watched> {
    return new Watched(await chromium.launch({ executablePath: chromiumPath!, args: ARGS }), origin);
  }

  /** A device of its own: its cookies, its storage. */
  async device(): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(15_000);
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const own = origin === this.origin || ['data:', 'blob:'].includes(protocol);
      if (!own) this.problems.push(`request to ${request.url()}`);
    });
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      if (!this.expected.has(url)) this.problems.push(`console: ${message.text()} (${url})`);
    });
    context.on('weberror', (error) => this.problems.push(`page: ${String(error.error().stack ?? error.error())}`));
    return context;
  }

  /** A browser reports every refused request at the console; these are meant. */
  expect(url: string): void {
    this.expected.add(url);
  }

  async shot(page: Page, name: string): Promise<void> {
    this.shots += 1;
    const file = `${String(this.shots).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: path.join(this.screens, file), animations: 'disabled' });
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
