import { expect, test } from 'vitest';
import { closingLine, totals, type Report } from './totals.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((t) => ({ status: t })) });
const report = (testResults: Report['testResults'], numPassedTests = 0, numPendingTests = 0): Report => ({
  numPassedTests,
  numPendingTests,
  numTodoTests: 0,
  testResults,
});

test('a clean run', () => {
  expect(totals(report([file('passed', 'passed', 'passed')], 2), true)).toEqual({ passed: 2, failed: 0, skipped: 0 });
});

test('each failed test counts once', () => {
  expect(totals(report([file('failed', 'passed', 'failed', 'failed')], 1), false)).toMatchObject({
    passed: 1,
    failed: 2,
  });
});

test('a file that failed before its first test is a failure', () => {
  expect(totals(report([file('passed', 'passed'), file('failed')], 1), false)).toMatchObject({ passed: 1, failed: 1 });
});

test('a run that failed beside its tests is a failure', () => {
  expect(totals(report([file('passed', 'passed')], 1), false)).toMatchObject({ passed: 1, failed: 1 });
});

test('the closing line names skipped tests only when there are some', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(closingLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});
