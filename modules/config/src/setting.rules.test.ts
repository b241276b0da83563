import { describe, expect, test } from 'vitest';
import { settingSchemas } from './contract.js';
import { checkValue, present } from './setting.rules.js';

const at = new Date('2026-03-01T08:00:00Z');
const value = (key: string, changed: Parameters<typeof present>[0] = []) => present(changed).find((s) => s.key === key);

describe('a setting', () => {
  test('has its default until it is changed', () =>
    expect(value('orders.pendingMinutes')).toEqual({
      key: 'orders.pendingMinutes',
      value: 30,
      version: 0,
      changedAt: null,
    }));

  test('has the value it was given', () => {
    expect(
      value('orders.pendingMinutes', [{ key: 'orders.pendingMinutes', value: 45, version: 3, changed_at: at }]),
    ).toEqual({ key: 'orders.pendingMinutes', value: 45, version: 3, changedAt: at.toISOString() });
  });

  test('falls back to its default when what is stored no longer fits, and keeps its version', () => {
    expect(
      value('orders.pendingMinutes', [{ key: 'orders.pendingMinutes', value: 'soon', version: 3, changed_at: at }]),
    ).toMatchObject({ value: 30, version: 3 });
  });

  test('that is no longer known is left out', () => {
    const all = present([{ key: 'gone.setting', value: 1, version: 1, changed_at: at }]);
    expect(all.map((s) => s.key)).toEqual(Object.keys(settingSchemas));
  });

  test.each([
    ['shop.name', 'Doʻkon', true],
    ['shop.name', '', false],
    ['shop.name', 5, false],
    ['orders.pendingMinutes', 4, false],
    ['orders.pendingMinutes', 5, true],
    ['orders.pendingMinutes', 7.5, false],
    ['delivery.flatTiyin', -1, false],
    ['approvals.ttlHours', 169, false],
    ['approvals.ttlHours', null, false],
    ['approvals.ttlHours', undefined, false],
  ] as const)('%s takes %s: %s', (key, given, ok) => expect(checkValue(key, given).ok).toBe(ok));
});
