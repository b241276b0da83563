import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Answer<T> {
  readonly body: T;
  readonly ms: number;
}

/** One JSON request. Throws when the answer is not a success. */
function call<T>(url: string, method: string, headers: Record<string, string>, body?: object): Promise<Answer<T>> {
  const began = performance.now();
  const payload = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent,
      headers: payload
        ? { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
        : headers,
    });
    sent.on('error', reject).on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - began;
        const text = Buffer.concat(parts).toString();
        if ((response.statusCode ?? 500) >= 300)
          reject(new Error(`${method} ${url} answered ${response.statusCode}: ${text}`));
        else resolve({ body: JSON.parse(text) as T, ms });
      });
    });
    sent.end(payload);
  });
}

/** Does `work` for each thing, `width` at a time; answers the results in order. */
export async function spread<T, R>(things: readonly T[], width: number, work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < things.length; index = next++) results[index] = await work(things[index]!);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** Reads an address as a guest. */
export const read = <T>(url: string): Promise<Answer<T>> => call<T>(url, 'GET', {});

interface Listed {
  readonly id: string;
  readonly slug: string;
}

/** Things a guest can buy: the first variant of products that are in stock. */
export async function variantsOf(url: string): Promise<string[]> {
  const { body } = await call<{ items: Listed[] }>(`${url}/api/v1/products?inStock=true&limit=60`, 'GET', {});
  const pages = await spread(body.items, 4, ({ id }) =>
    call<{ variants: { id: string }[] }>(`${url}/api/v1/products/${id}`, 'GET', {}),
  );
  return pages.map((page) => page.body.variants[0]!.id);
}

/** A guest with a cart token of its own. */
export type Guest = string;

/** Opens carts of new guests. */
export const openGuests = (url: string, count: number): Promise<Guest[]> =>
  spread(Array.from({ length: count }), 8, async () => {
    const { body } = await call<{ token: string }>(`${url}/api/v1/carts`, 'POST', {}, {});
    return body.token;
  });

/** Puts one unit into a guest's cart; answers the time it took, in ms. */
export async function addToCart(url: string, guest: Guest, variantId: string): Promise<number> {
  const headers = { 'x-cart-token': guest };
  return (await call(`${url}/api/v1/carts/current/items`, 'POST', headers, { variantId, qty: 1 })).ms;
}

/** What a guest will be asked to agree to. */
export async function quote(url: string, guest: Guest): Promise<string> {
  const { body } = await call<{ fingerprint: string }>(
    `${url}/api/v1/checkout/quote`,
    'POST',
    { 'x-cart-token': guest },
    {},
  );
  return body.fingerprint;
}

const address = {
  name: 'Nodira Karimova',
  phone: '+998901234567',
  region: 'UZ-TK',
  city: 'Toshkent',
  line: 'Navoiy koʻchasi 1',
};

/** Places a guest's order, paid in cash; answers the time it took, in ms. */
export async function placeOrder(url: string, guest: Guest, fingerprint: string): Promise<number> {
  const headers = { 'x-cart-token': guest, 'idempotency-key': randomUUID() };
  return (
    await call(`${url}/api/v1/checkout`, 'POST', headers, {
      fingerprint,
      payment: 'cash',
      address,
      email: 'guest@ultramarket.example',
    })
  ).ms;
}

/** Closes the connections of all shoppers. */
export const leave = (): void => agent.destroy();
