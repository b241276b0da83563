/** Lays rows out in columns; figures stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)));
  const cell = (value: string | number, column: number): string =>
    typeof value === 'number' ? String(value).padStart(widths[column]!) : value.padEnd(widths[column]!);
  const titles = head.map((title, column) =>
    rows.length > 0 && rows.every((row) => typeof row[column] === 'number') ? title.padStart(widths[column]!) : title,
  );
  return [titles, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) => row.map(cell).join('  ').trimEnd())
    .join('\n');
}
