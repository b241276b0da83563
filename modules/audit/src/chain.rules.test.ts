import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, GENESIS, linkAfter, walk, type End, type Link } from './chain.rules.js';
import type { AuditEntry } from './contract.js';

const entry = (n: number): AuditEntry => ({
  action: 'order.placed',
  actor: null,
  subject: `order:${n}`,
  detail: { n, paid: n % 2 === 0 },
  requestId: `request-${n}`,
  at: '2026-03-01T08:00:00.000Z',
});

function chainOf(rows: number): Link[] {
  const links: Link[] = [];
  let end: End = GENESIS;
  for (let n = 1; n <= rows; n++) {
    const link = linkAfter(end, entry(n));
    links.push(link);
    end = link;
  }
  return links;
}

describe('canonical JSON', () => {
  test('does not depend on the order of members', () =>
    expect(canonical({ b: 1, a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":1}'));
  test('is JSON and survives a journey through it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('the chain', () => {
  test('fits as it was written', () =>
    expect(walk(GENESIS, chainOf(5))).toMatchObject({ broken: null, end: { seq: 5 } }));

  test('of no rows fits', () => expect(walk(GENESIS, [])).toEqual({ broken: null, end: GENESIS }));

  test.each(['action', 'actor', 'subject', 'detail', 'requestId', 'at'] as const)('shows a changed %s', (field) => {
    const links = chainOf(5);
    const other = {
      action: 'order.cancelled',
      actor: 'somebody',
      subject: 'order:9',
      detail: { n: 4 },
      requestId: 'request-9',
      at: new Date('2026-03-02T08:00:00Z'),
    };
    links[2] = { ...links[2]!, [field]: other[field] };
    expect(walk(GENESIS, links).broken).toBe(3);
  });

  test('shows a removed row', () => {
    const links = chainOf(5);
    links.splice(2, 1);
    expect(walk(GENESIS, links).broken).toBe(3);
  });

  test('shows a removed first row', () => expect(walk(GENESIS, chainOf(5).slice(1)).broken).toBe(1));

  test('shows two rows that changed places', () => {
    const links = chainOf(5);
    const [second, fourth] = [links[1]!, links[3]!];
    links[1] = { ...fourth, seq: 2 };
    links[3] = { ...second, seq: 4 };
    expect(walk(GENESIS, links).broken).toBe(2);
  });

  test('shows a row that was sealed anew, by the one after it', () => {
    const links = chainOf(5);
    links[2] = linkAfter(links[1]!, entry(99));
    expect(walk(GENESIS, links).broken).toBe(4);
  });
});
