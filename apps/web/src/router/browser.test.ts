import { expect, test } from 'vitest';
import { BrowserRouter } from './browser.js';
import type { Entry } from './resolve.js';

const entry = (data: string, path = '/orders/1') =>
  ({ path, search: '', audience: 'person', data }) as unknown as Entry;

/** A router whose answers come when they are told to. */
function opened() {
  const waiting: ((entry: Entry) => void)[] = [];
  const shown: unknown[] = [];
  const router = new BrowserRouter(
    entry('first'),
    'en',
    () => new Promise((resolve) => waiting.push(resolve)),
    ({ data }) => shown.push(data),
  );
  return { router, waiting, shown };
}

test('an answer that was overtaken by a newer one is not shown', async () => {
  const { router, waiting, shown } = opened();
  const looks = [router.refresh(), router.refresh()];
  waiting[1]!(entry('paid'));
  await looks[1];
  waiting[0]!(entry('waiting for payment'));
  await looks[0];
  expect(shown).toEqual(['paid']);
});

test('answers in their order are all shown', async () => {
  const { router, waiting, shown } = opened();
  const looks = [router.refresh(), router.refresh()];
  waiting[0]!(entry('waiting for payment'));
  waiting[1]!(entry('paid'));
  await Promise.all(looks);
  expect(shown).toEqual(['waiting for payment', 'paid']);
});

test('what the reader has just changed is not undone by an older look', async () => {
  const { router, waiting, shown } = opened();
  const look = router.refresh();
  router.keep('cancelled');
  waiting[0]!(entry('paid'));
  await look;
  expect(shown).toEqual(['cancelled']);
  const later = router.refresh();
  waiting[1]!(entry('refunded'));
  await later;
  expect(shown).toEqual(['cancelled', 'refunded']);
});
