import { expect, test } from 'vitest';
import { auditReport, commands } from './commands.js';
import { table } from './table.js';

test('a table lines its columns up, figures to the right', () => {
  expect(
    table(
      ['name', 'n'],
      [
        ['a', 5],
        ['long one', 12],
      ],
    ),
  ).toBe('name       n\n--------  --\na          5\nlong one  12');
});

test('the audit names each violation and says when all is well', () => {
  const good = { invariant: 'I1', context: 'inventory', checked: 3, violations: [] };
  expect(auditReport([good])).toContain('All invariants hold.');
  const report = auditReport([
    good,
    { invariant: 'I9', context: 'audit', checked: 2, violations: ['row 2 does not fit'] },
  ]);
  expect(report).toContain('BROKEN');
  expect(report).toContain('I9 audit: row 2 does not fit');
  expect(report).not.toContain('All invariants hold.');
});

test('every command refuses what it does not know', async () => {
  for (const name of Object.keys(commands).filter((one) => one !== 'new-module'))
    await expect(commands[name]!.run(['--wrong'])).rejects.toThrow('--wrong');
});
