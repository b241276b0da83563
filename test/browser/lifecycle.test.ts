import { afterAll, expect, test } from 'vitest';
import { dataFolder, startPlatform, type Running } from './platform.js';

const folder = dataFolder();
let running: Running | undefined;
afterAll(async () => {
  await running?.end('SIGTERM');
  folder.remove();
});

interface Buyer {
  readonly call: <T>(method: string, path: string, body?: object) => Promise<T>;
}

/** A guest with the cookies that the platform gives. */
function guest(cookies: Map<string, string>): Buyer {
  return {
    call: async (method, path, body) => {
      const response = await fetch(`${running!.url}/api/v1${path}`, {
        method,
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'idempotency-key': crypto.randomUUID(),
          origin: running!.url,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = line.split(';')[0]!.split('=');
        cookies.set(name, value);
      }
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return JSON.parse(text) as never;
    },
  };
}

interface Product {
  readonly items: readonly { slug: string }[];
}

async function buy({ call }: Buyer): Promise<string> {
  const { items } = await call<Product>('GET', '/products?q=konstruktor&limit=1');
  const { variants } = await call<{ variants: { id: string }[] }>('GET', `/products/${items[0]!.slug}`);
  await call('POST', '/carts/current/items', { variantId: variants[0]!.id, qty: 1 });
  const { fingerprint } = await call<{ fingerprint: string }>('POST', '/checkout/quote', {});
  const { orderId } = await call<{ orderId: string }>('POST', '/checkout', {
    fingerprint,
    payment: 'cash',
    email: 'guest@example.uz',
    address: { name: 'Nodira', phone: '+998901234567', region: 'UZ-TK', city: 'Toshkent', line: 'Bogʻ koʻchasi 1' },
  });
  return orderId;
}

test('a start takes seconds, a stop is clean, and an order survives both a stop and a kill', async () => {
  running = await startPlatform(folder.dir);
  const buyer = guest(new Map());
  const orderId = await buy(buyer);
  const order = await buyer.call<{ number: string; placedAt: string }>('GET', `/orders/${orderId}`);

  expect(await running.end('SIGTERM')).toEqual({ code: 0, signal: null });
  running = await startPlatform(folder.dir);
  expect(running.startMs).toBeLessThan(5_000);
  expect(await buyer.call('GET', `/orders/${orderId}`)).toMatchObject(order);

  expect(await running.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  running = await startPlatform(folder.dir);
  expect(await buyer.call('GET', `/orders/${orderId}`)).toMatchObject({ number: order.number });
});
