/** The part of Vitest's JSON report that is counted. */
export interface Report {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts a report. A file that failed before its first test, and a run that failed beside its tests (an unhandled
 * rejection, a crashed worker), are failures too: `ok` is whether the run as a whole succeeded.
 */
export function totals(report: Report, ok: boolean): Totals {
  const failed = report.testResults
    .map(
      (file) => file.assertionResults.filter((t) => t.status === 'failed').length || Number(file.status === 'failed'),
    )
    .reduce((sum, count) => sum + count, 0);
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The one plain line that machines and people read: `12 passed, 0 failed, 1 skipped`. */
export const closingLine = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
