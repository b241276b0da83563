import { HTTP_SECRET, newId, systemCtx } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { payment, PAYMENT_SANDBOX, type PaymentInfo } from './contract.js';
import { callbackSignature, TOLERANCE_MS } from './sandbox/signing.rules.js';

let p: TestPlatform;
let url = '';
beforeAll(async () => {
  p = await testPlatform({
    services: ['audit', 'payment'],
    values: new Map([[PAYMENT_SANDBOX, { platformUrl: () => url }]]),
  });
  url = (await p.listen(0, '127.0.0.1')).replace('[::1]', '127.0.0.1');
});
beforeEach(() => expect(p.bugs).toEqual([]));
afterAll(async () => {
  expect((await payments().checkInvariants(ctx(), {})).flatMap((check) => check.violations)).toEqual([]);
  await p.stop();
});

const ctx = () => systemCtx(p.clock.now());
const payments = () => p.wire.client(payment);
const stateOf = async (orderId: string) => (await payments().byOrder(ctx(), { orderId }))!.state;
const transactionOf = (info: PaymentInfo): string => /pay\/([0-9a-f-]+)/.exec(info.redirectUrl!)![1]!;

/** A bill of two stores: 10 000 and 20 000 tiyin and 5 000 for delivery. */
async function aBill(method: 'sandbox' | 'cash' = 'sandbox') {
  const orderId = newId();
  const stores = [newId(), newId()] as const;
  const shares = [
    { storeId: stores[0], grossTiyin: 10_000, commissionTiyin: 1_000 },
    { storeId: stores[1], grossTiyin: 20_000, commissionTiyin: 0 },
  ];
  const bill = {
    orderId,
    payerId: null,
    method,
    amountTiyin: 35_000,
    shares,
    deliveryTiyin: 5_000,
    expiresAt: new Date(p.clock.now().getTime() + 60_000),
    returnPath: `/orders/${orderId}`,
    description: 'UltraMarket UM-TEST',
  };
  const info = await payments().start(ctx(), bill);
  return { orderId, stores, bill, info };
}

/** The bank speaks, signed with its key unless told otherwise. */
async function bankSays(over: {
  transactionId: string;
  bankRef?: string;
  decision?: 'paid' | 'declined';
  amountTiyin?: number;
  secret?: string;
  at?: number;
  tamper?: boolean;
}) {
  const {
    transactionId,
    bankRef = newId(),
    decision = 'paid',
    amountTiyin = 35_000,
    secret = p.app.get<string>(HTTP_SECRET, { strict: false }),
    at = p.clock.now().getTime(),
    tamper = false,
  } = over;
  const body = JSON.stringify({ bankRef, transactionId, decision, amountTiyin });
  const timestamp = String(Math.floor(at / 1_000));
  const response = await p.fastify.inject({
    method: 'POST',
    url: '/api/v1/payments/sandbox/callback',
    payload: tamper ? body.replace('35000', '1') : body,
    headers: {
      'content-type': 'application/json',
      'x-sandbox-timestamp': timestamp,
      'x-sandbox-signature': callbackSignature(secret, timestamp, body),
    },
  });
  return { status: response.statusCode, body: response.json<{ outcome?: string; code?: string }>() };
}
const ledger = async (orderId: string): Promise<Record<string, number>> => {
  const rows = await p.rows(
    'payment',
    'select account, sum(amount)::int as sum from ledger_posting p join ledger_entry e on e.id = p.entry_id where e.order_id = $1 group by account',
    [orderId],
  );
  return Object.fromEntries(rows.map((row) => [String(row['account']), Number(row['sum'])]));
};
const factsOf = (orderId: string) =>
  p
    .rows('payment', "select name from outbox where aggregate = $1 and kind = 'event' order by seq", [orderId])
    .then((rows) => rows.map((row) => String(row['name']).replace('payment.', '').replace('.v1', '')));

describe('money that comes in', () => {
  test('is booked for the provider, the sellers, the commission and the delivery', async () => {
    const { orderId, info, stores } = await aBill();
    expect(await bankSays({ transactionId: transactionOf(info) })).toEqual({
      status: 200,
      body: { outcome: 'accepted' },
    });
    expect(await ledger(orderId)).toEqual({
      'provider:sandbox': 35_000,
      buyer: 0,
      [`seller:${stores[0]}`]: -9_000,
      [`seller:${stores[1]}`]: -20_000,
      'platform:commission': -1_000,
      'platform:delivery': -5_000,
    });
    expect(await factsOf(orderId)).toEqual(['succeeded']);
  });

  test('counts once, however often and however much at once it is told', async () => {
    const { orderId, info } = await aBill();
    const said = { transactionId: transactionOf(info), bankRef: newId() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => bankSays(said)));
    expect(answers.every((a) => a.status === 200 && a.body.outcome === 'accepted')).toBe(true);
    expect(await factsOf(orderId)).toEqual(['succeeded']);
    expect((await ledger(orderId))['provider:sandbox']).toBe(35_000);
  });

  test('a second time for the same bill goes back at once', async () => {
    const { orderId, info } = await aBill();
    await bankSays({ transactionId: transactionOf(info) });
    expect((await bankSays({ transactionId: transactionOf(info) })).body.outcome).toBe('late');
    expect((await ledger(orderId))['provider:sandbox']).toBe(35_000);
    expect(await factsOf(orderId)).toEqual(['succeeded', 'refund-succeeded']);
  });

  test.each(['expired', 'cancelled'] as const)('after the bill was closed as %s goes back at once', async (state) => {
    const { orderId, info } = await aBill();
    expect(await payments().close(ctx(), { orderId, state })).toEqual({ state });
    expect((await bankSays({ transactionId: transactionOf(info) })).body.outcome).toBe('late');
    expect(await stateOf(orderId)).toBe(state);
    expect(await ledger(orderId)).toEqual({ 'provider:sandbox': 0, buyer: 0 });
    expect(await factsOf(orderId)).toEqual(['failed', 'refund-succeeded']);
  });

  test('while the bill is being closed has one outcome of two', async () => {
    const bills = await Promise.all(Array.from({ length: 10 }, () => aBill()));
    const outcomes = await Promise.all(
      bills.map(async ({ orderId, info }) => {
        const [closed, said] = await Promise.all([
          payments().close(ctx(), { orderId, state: 'cancelled' }),
          bankSays({ transactionId: transactionOf(info) }),
        ]);
        return `${closed.state} ${said.body.outcome} ${await stateOf(orderId)}`;
      }),
    );
    for (const outcome of outcomes)
      expect(['succeeded accepted succeeded', 'cancelled late cancelled']).toContain(outcome);
  });
});

describe('a callback', () => {
  test.each([
    ['with another key', { secret: 'guessed' }],
    ['with changed bytes', { tamper: true }],
    ['recorded long ago', { at: Date.parse('2026-03-02T08:00:00Z') - TOLERANCE_MS - 1_000 }],
  ])('%s is refused and changes nothing', async (_name, forged) => {
    const { orderId, info } = await aBill();
    const answer = await bankSays({ transactionId: transactionOf(info), ...forged });
    expect([answer.status, answer.body.code]).toEqual([403, 'payment.BAD_SIGNATURE']);
    expect(await stateOf(orderId)).toBe('pending');
    expect(await ledger(orderId)).toEqual({});
  });

  test('without a signature is refused', async () => {
    const response = await p.fastify.inject({ method: 'POST', url: '/api/v1/payments/sandbox/callback', payload: {} });
    expect(response.statusCode).toBe(403);
  });

  test('with a wrong amount is refused, kept for a person, and stays refused', async () => {
    const { orderId, info } = await aBill();
    const said = { transactionId: transactionOf(info), bankRef: newId(), amountTiyin: 34_999 };
    for (const _time of [1, 2]) expect((await bankSays(said)).body.code).toBe('payment.WRONG_AMOUNT');
    expect(await stateOf(orderId)).toBe('pending');
    const kept = await p.rows(
      'payment',
      "select payload->>'action' as action from outbox where payload->'detail'->>'orderId' = $1",
      [orderId],
    );
    expect(kept).toEqual([{ action: 'payment.wrong-amount' }]);
    expect((await bankSays({ transactionId: transactionOf(info) })).body.outcome).toBe('accepted');
  });

  test('about an unknown transaction is 404', async () => {
    expect((await bankSays({ transactionId: newId() })).status).toBe(404);
  });
});

describe('a declined bill', () => {
  test('may be tried again with a new transaction, and the old one is dead', async () => {
    const { orderId, bill, info } = await aBill();
    await bankSays({ transactionId: transactionOf(info), decision: 'declined' });
    expect(await stateOf(orderId)).toBe('failed');
    const again = await payments().start(ctx(), bill);
    expect(transactionOf(again)).not.toBe(transactionOf(info));
    expect((await bankSays({ transactionId: transactionOf(info), decision: 'declined' })).body.outcome).toBe('ignored');
    expect((await bankSays({ transactionId: transactionOf(again) })).body.outcome).toBe('accepted');
    expect((await payments().start(ctx(), bill)).redirectUrl).toBeNull();
  });

  test('cannot be tried again once it is closed', async () => {
    const { orderId, bill } = await aBill();
    await payments().close(ctx(), { orderId, state: 'expired' });
    await expect(payments().start(ctx(), bill)).rejects.toMatchObject({ code: 'payment.CLOSED' });
  });
});

describe('starting', () => {
  test('again answers the open bill', async () => {
    const { bill, info } = await aBill();
    const all = await Promise.all(Array.from({ length: 5 }, () => payments().start(ctx(), bill)));
    expect(new Set(all.map((a) => a.redirectUrl))).toEqual(new Set([info.redirectUrl]));
  });

  test('refuses an amount that is not the sum of its parts', async () => {
    const { bill } = await aBill();
    await expect(payments().start(ctx(), { ...bill, orderId: newId(), amountTiyin: 35_001 })).rejects.toMatchObject({
      code: 'payment.WRONG_AMOUNT',
    });
  });

  test('refuses to send a buyer back to another site', async () => {
    const { bill } = await aBill();
    for (const returnPath of ['https://evil.example', '//evil.example', '/\\evil.example'])
      await expect(payments().start(ctx(), { ...bill, orderId: newId(), returnPath })).rejects.toThrow(/returnPath/);
  });
});

describe('giving back', () => {
  test('everything, twice: once', async () => {
    const { orderId, info } = await aBill();
    await bankSays({ transactionId: transactionOf(info) });
    const both = await Promise.all([1, 2].map(() => payments().refundAll(ctx(), { orderId, reason: 'cancelled' })));
    expect(both).toEqual([{ refundedTiyin: 35_000 }, { refundedTiyin: 35_000 }]);
    expect(await stateOf(orderId)).toBe('refunded');
    expect(new Set(Object.values(await ledger(orderId)))).toEqual(new Set([0]));
    expect(await factsOf(orderId)).toEqual(['succeeded', 'refund-succeeded']);
  });

  test('one seller’s part, then the rest', async () => {
    const { orderId, info, stores } = await aBill();
    await bankSays({ transactionId: transactionOf(info) });
    expect(await payments().cancelShare(ctx(), { orderId, storeId: stores[0], reason: 'seller' })).toEqual({
      refundedTiyin: 10_000,
    });
    expect(await payments().cancelShare(ctx(), { orderId, storeId: stores[0], reason: 'seller' })).toEqual({
      refundedTiyin: 0,
    });
    expect(await ledger(orderId)).toMatchObject({
      'provider:sandbox': 25_000,
      [`seller:${stores[0]}`]: 0,
      'platform:commission': 0,
    });
    await payments().refundAll(ctx(), { orderId, reason: 'cancelled' });
    expect(new Set(Object.values(await ledger(orderId)))).toEqual(new Set([0]));
  });

  test('what was never paid gives nothing', async () => {
    const { orderId } = await aBill();
    expect(await payments().refundAll(ctx(), { orderId, reason: 'x' })).toEqual({ refundedTiyin: 0 });
  });
});

describe('cash', () => {
  test('is pending until it was handed over, once', async () => {
    const { orderId, info } = await aBill('cash');
    expect(info).toMatchObject({ state: 'pending', redirectUrl: null });
    for (const _time of [1, 2])
      expect(await payments().collectCash(ctx(), { orderId })).toMatchObject({ state: 'succeeded' });
    expect((await ledger(orderId))['provider:cash']).toBe(35_000);
    expect(await factsOf(orderId)).toEqual(['succeeded']);
  });

  test('is asked for only what is delivered', async () => {
    const { orderId, stores } = await aBill('cash');
    await payments().cancelShare(ctx(), { orderId, storeId: stores[1], reason: 'seller' });
    expect(await payments().collectCash(ctx(), { orderId })).toMatchObject({ amountTiyin: 15_000 });
  });

  test('cannot be collected for a cancelled order', async () => {
    const { orderId } = await aBill('cash');
    await payments().close(ctx(), { orderId, state: 'cancelled' });
    await expect(payments().collectCash(ctx(), { orderId })).rejects.toMatchObject({ code: 'payment.CLOSED' });
  });
});

describe('the pay page', () => {
  const open = (link: string) => p.fastify.inject({ method: 'GET', url: link });
  const field = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)![1]!;
  async function press(link: string, decision: string, change: Record<string, string> = {}) {
    const html = (await open(link)).body;
    const payload = new URLSearchParams({
      until: field(html, 'until'),
      signature: field(html, 'signature'),
      decision,
      ...change,
    }).toString();
    return p.fastify.inject({
      method: 'POST',
      url: link.split('?')[0]!,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  test('shows the amount to whoever has the signed link, and to nobody else', async () => {
    const { info } = await aBill();
    const page = await open(info.redirectUrl!);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('350\u00A0soʻm');
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("style-src 'self' 'unsafe-inline'"),
      'x-frame-options': 'DENY',
    });
    const forged = await open(info.redirectUrl!.replace(/sig=[^&]+/, 'sig=forged'));
    expect(forged.statusCode).toBe(403);
    expect(forged.headers).toMatchObject({ 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" });
  });

  test('pays by a real callback over HTTP and leads back to the shop', async () => {
    const { orderId, info } = await aBill();
    const answer = await press(info.redirectUrl!, 'paid');
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `/orders/${orderId}`]);
    expect(await stateOf(orderId)).toBe('succeeded');
    expect((await open(info.redirectUrl!)).body).not.toContain('<form');
  });

  test('takes no forged or old form', async () => {
    const { orderId, info } = await aBill();
    expect((await press(info.redirectUrl!, 'paid', { signature: 'forged' })).statusCode).toBe(403);
    expect((await press(info.redirectUrl!, 'paid', { until: '99999999999999' })).statusCode).toBe(403);
    expect(await stateOf(orderId)).toBe('pending');
  });

  test('decides once: declining after paying changes nothing', async () => {
    const { orderId, info } = await aBill();
    const html = (await open(info.redirectUrl!)).body;
    const send = (decision: string) =>
      p.fastify.inject({
        method: 'POST',
        url: info.redirectUrl!.split('?')[0]!,
        payload: new URLSearchParams({
          until: field(html, 'until'),
          signature: field(html, 'signature'),
          decision,
        }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    await send('paid');
    await send('declined');
    expect(await stateOf(orderId)).toBe('succeeded');
  });

  test('when the shop cannot be reached, the bank tells it later', async () => {
    const { orderId, info } = await aBill();
    const [reachable] = [url];
    url = 'http://127.0.0.1:9';
    expect((await press(info.redirectUrl!, 'paid')).statusCode).toBe(303);
    expect(await stateOf(orderId)).toBe('pending');
    url = reachable;
    await p.work('payment.sandbox-callbacks');
    expect(await stateOf(orderId)).toBe('pending'); // not due yet
    p.clock.advance(3_000);
    await p.work('payment.sandbox-callbacks');
    expect(await stateOf(orderId)).toBe('succeeded');
  });
});

describe('the ledger', () => {
  test('is append only, whole and balanced, whoever writes', async () => {
    const { orderId, info } = await aBill();
    await bankSays({ transactionId: transactionOf(info) });
    const [entry] = await p.rows(
      'payment',
      "select id, payment_id from ledger_entry where order_id = $1 and kind = 'payment'",
      [orderId],
    );
    const [id, paymentId] = [entry!['id'], entry!['payment_id']];
    const attempts: [string, unknown[]][] = [
      ['update ledger_posting set amount = 1 where entry_id = $1', [id]],
      ['delete from ledger_posting where entry_id = $1', [id]],
      ['update ledger_entry set at = now() where id = $1', [id]],
      ['delete from ledger_entry where id = $1', [id]],
      ['truncate ledger_posting', []],
      [
        "insert into ledger_posting (entry_id, n, account, amount) values ($1, 8, 'buyer', 1), ($1, 9, 'provider:cash', -1)",
        [id],
      ],
      [
        "insert into ledger_entry (id, kind, payment_id, order_id, at) values (gen_random_uuid(), 'refund', $1, gen_random_uuid(), now())",
        [paymentId],
      ],
      [
        "with e as (insert into ledger_entry (id, kind, payment_id, order_id, at) values (gen_random_uuid(), 'refund', $1, gen_random_uuid(), now()) returning id) insert into ledger_posting (entry_id, n, account, amount) select id, 1, 'buyer', 1 from e",
        [paymentId],
      ],
      [
        "insert into ledger_entry (id, kind, payment_id, order_id, at) values (gen_random_uuid(), 'sale', $1, gen_random_uuid(), now())",
        [paymentId],
      ],
    ];
    for (const [text, values] of attempts)
      await expect(p.rows('payment', text, values), text).rejects.toThrow(
        /append only|already written|sums to|ledger_one_sale/,
      );
  });

  test('is found broken when somebody with power over the database bends it', async () => {
    const { orderId, info } = await aBill();
    await bankSays({ transactionId: transactionOf(info) });
    const bend = (set: string) =>
      p
        .rows('payment', `set session_replication_role = replica; ${set}`)
        .catch(() =>
          p.rows(
            'payment',
            `alter table ledger_posting disable trigger user; ${set}; alter table ledger_posting enable trigger user`,
          ),
        );
    const which = `amount = 35000 and entry_id in (select id from ledger_entry where order_id = '${orderId}')`;
    await bend(`update ledger_posting set amount = 35001 where ${which}`);
    const broken = (await payments().checkInvariants(ctx(), {})).filter((check) => check.violations.length > 0);
    expect(broken.map((check) => check.invariant)).toEqual(['I3', 'I5']);
    await bend(`update ledger_posting set amount = 35000 where ${which.replace('35000', '35001')}`);
  });
});

test('where the sandbox is not enabled, its doors are closed', async () => {
  const other = await testPlatform({ services: ['audit', 'payment'] });
  try {
    for (const [method, path] of [
      ['GET', `pay/${newId()}?sig=x`],
      ['POST', 'callback'],
    ] as const)
      expect(
        (
          await other.fastify.inject({
            method,
            url: `/api/v1/payments/sandbox/${path}`,
            ...(method === 'POST' ? { payload: {} } : {}),
          })
        ).statusCode,
      ).toBe(404);
    const bill = {
      orderId: newId(),
      payerId: null,
      method: 'sandbox' as const,
      amountTiyin: 1,
      shares: [{ storeId: newId(), grossTiyin: 1, commissionTiyin: 0 }],
      deliveryTiyin: 0,
      expiresAt: new Date(),
      returnPath: '/',
      description: 'x',
    };
    await expect(other.wire.client(payment).start(systemCtx(other.clock.now()), bill)).rejects.toMatchObject({
      code: 'payment.METHOD_OFF',
    });
  } finally {
    await other.stop();
  }
});
