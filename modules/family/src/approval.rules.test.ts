import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gate, mayMove } from './approval.rules.js';
import { ApprovalState } from './contract.js';
import { anAskLine } from './family.factory.js';
import { adultViewer, type Viewer } from './viewer.js';

test('the database enforces exactly the moves of the machine (APP-01)', () => {
  const sql = readFileSync(new URL('../migrations/0001_family.sql', import.meta.url), 'utf8');
  const edges = [...sql.matchAll(/old\.state = '(\w+)' and new\.state in \(([^)]+)\)/g)].flatMap(([, from, to]) =>
    to!.split(',').map((state) => `${from!} ${state.trim().replaceAll("'", '')}`),
  );
  const states = ApprovalState.options;
  const allowed = states.flatMap((from) => states.filter((to) => mayMove(from, to)).map((to) => `${from} ${to}`));
  expect(edges.toSorted()).toEqual(allowed.toSorted());
  expect(edges).toHaveLength(13);
});

const child: Viewer = { ...adultViewer, kind: 'child', ageMonths: 84 };

test('without consent nothing may be asked for', () => {
  expect(gate(child, [anAskLine()], false)).toEqual({ outcome: 'block', reasons: ['consent'] });
});

test('one more line never makes the answer milder (APP-12)', () => {
  const line = fc.integer({ min: 0, max: 200 }).map((ageMinMonths) => {
    const made = anAskLine();
    return { ...made, facts: { ...made.facts, ageMinMonths } };
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), line, (lines, more) => {
      const [before, after] = [gate(child, lines, true), gate(child, [...lines, more], true)];
      expect(before.outcome === 'block' && after.outcome !== 'block').toBe(false);
    }),
  );
});
