import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

/** An answer of the platform. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Somebody with a browser: keeps cookies, sends the CSRF token back, follows nothing by itself. */
export class Person {
  readonly cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    device: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const [name, value] of device) if (/device/.test(name)) this.cookies.set(name, value);
  }

  /** Sends a request to `/api/v1` + path; a key of its own makes each request one intention. */
  async send<T>(method: string, path: string, body?: object, key: string = randomUUID()): Promise<Answer<T>> {
    const csrf = this.cookies.get('um_csrf');
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.#cookieHeader(),
        'idempotency-key': key,
        ...(csrf ? { 'x-csrf-token': csrf } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (pair.slice(at + 1) === '') this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
  }

  /** Sends a request that has to succeed; answers its body. @throws with what came instead. */
  async does<T>(method: string, path: string, body?: object, key?: string): Promise<T> {
    const answer = await this.send<T>(method, path, body, key);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Opens the live channel; `messages` grows while it is open. */
  async live(): Promise<{ messages: { topic: string; kind: string; subjectId: string }[]; close: () => void }> {
    const messages: { topic: string; kind: string; subjectId: string }[] = [];
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/api/v1/live`, {
      headers: { cookie: this.#cookieHeader() },
    });
    socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as (typeof messages)[number]));
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return { messages, close: () => socket.close() };
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** Asks again and again until the answer is there. @throws after `ms` with the last that was seen. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>, ms = 15_000): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`still waiting after ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the sandbox bank answered, and where it sends the buyer. */
export interface BankAnswer extends Answer<{ code?: string } | undefined> {
  readonly location: string | null;
}

/** Presses "pay" on the pay page of the sandbox bank; a page without a form was decided on before. */
export async function decidesAt(redirectUrl: string, base: string): Promise<BankAnswer> {
  const page = await fetch(new URL(redirectUrl, base));
  const html = await page.text();
  if (!page.ok) return { status: page.status, body: JSON.parse(html) as { code?: string }, location: null };
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  if (action === undefined) return { status: page.status, body: undefined, location: null };
  const field = (name: string): string => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? '';
  const answer = await fetch(new URL(action, page.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ decision: 'paid', until: field('until'), signature: field('signature') }),
  });
  const text = await answer.text();
  const body = answer.status < 400 ? undefined : (JSON.parse(text) as { code?: string });
  return { status: answer.status, body, location: answer.headers.get('location') };
}

/** Pays on the pay page of the sandbox bank; answers where it sends the buyer. @throws when it does not. */
export async function paysAt(redirectUrl: string, base: string): Promise<string | null> {
  const { status, body, location } = await decidesAt(redirectUrl, base);
  if (status !== 303) throw new Error(`the bank answered ${status}: ${JSON.stringify(body)}`);
  return location;
}
