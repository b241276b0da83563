import { Browser } from '@um/auth/testing';
import { newId } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let p: TestPlatform;
beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth', 'family'] });
});
afterAll(() => p.stop());

const reason = (text: string) => ({ decision: 'deny', reason: text });
const decide = (who: Browser, key: string | undefined, body: object = reason('not_now')) =>
  who.post<{ code: string }>(
    `/approvals/${newId()}/decision`,
    body,
    key ? { headers: { 'idempotency-key': key } } : {},
  );

async function aParent(): Promise<Browser> {
  const parent = new Browser(p.fastify);
  await parent.signUp();
  return parent;
}

test('a route that moves something needs a key', async () => {
  expect((await decide(await aParent(), undefined)).body.code).toBe('http.KEY_REQUIRED');
});

test('the same key and request get the first answer, another body 422, another person their own', async () => {
  const [one, other, key, url] = [await aParent(), await aParent(), newId(), `/approvals/${newId()}/decision`];
  const sent = { headers: { 'idempotency-key': key } };
  const first = await one.post(url, reason('not_now'), sent);
  const again = await one.post(url, reason('not_now'), sent);
  expect([first.status, again.status, again.headers['idempotent-replay']]).toEqual([404, 404, 'true']);
  expect((await one.post<{ code: string }>(url, reason('talk_first'), sent)).body.code).toBe('http.KEY_REUSED');
  const others = await other.post(url, reason('talk_first'), sent);
  expect([others.status, others.headers['idempotent-replay']]).toEqual([404, undefined]);
});

test('a first attempt that runs is not run twice; one whose process died is taken over after its lease', async () => {
  const [parent, key, url] = [await aParent(), newId(), `/approvals/${newId()}/decision`];
  const sent = { headers: { 'idempotency-key': key } };
  await parent.post(url, reason('not_now'), sent);
  await p.rows('family', 'update idempotency set status = null, response = null, locked_until = $2 where key = $1', [
    key,
    new Date(p.clock.now().getTime() + 30_000),
  ]);
  expect((await parent.post<{ code: string }>(url, reason('not_now'), sent)).body.code).toBe('http.IN_PROGRESS');
  p.clock.advance(31_000);
  expect((await parent.post<{ code: string }>(url, reason('not_now'), sent)).body.code).toBe('family.NO_APPROVAL');
});
