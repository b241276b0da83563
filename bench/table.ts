/** A line of the table: what it costs, and what it may cost. */
export interface Line {
  readonly name: string;
  readonly budget: string;
  readonly measured: string;
  readonly met: boolean;
}

/** The middle of some figures; of an even number of them the upper one. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The figure that 95 of 100 are not above. */
export const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

/** A figure that must not be above a limit. */
export const atMost = (name: string, value: number, limit: number, unit: string): Line => ({
  name,
  budget: `<= ${limit} ${unit}`,
  measured: `${value.toFixed(unit === 'ms' || unit === 's' ? 1 : 0)} ${unit}`,
  met: value <= limit,
});

/** A figure that must not be below a limit, or a share of a floor; `detail` says what it was made of. */
export const atLeast = (name: string, value: number, limit: number, unit: string, detail = ''): Line => ({
  name,
  budget: `>= ${limit < 1 ? limit.toFixed(2) : limit} ${unit}`,
  measured: `${value.toFixed(limit < 1 ? 2 : 0)} ${unit}${detail && ` (${detail})`}`,
  met: value >= limit,
});

/** The table as Markdown. */
export function table(lines: readonly Line[]): string {
  const cells = [
    ['line', 'budget', 'measured', 'verdict'],
    ...lines.map((line) => [line.name, line.budget, line.measured, line.met ? 'met' : 'MISSED']),
  ];
  const width = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  const rows = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(width[column]!)).join(' | ')} |`);
  return [rows[0], `| ${width.map((w) => '-'.repeat(w)).join(' | ')} |`, ...rows.slice(1)].join('\n');
}
