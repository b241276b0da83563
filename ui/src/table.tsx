import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.js';

export interface Column<Row> {
  id: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the right. */
  number?: boolean | undefined;
}

/** Rows and columns that scroll sideways inside their card on a narrow screen. `caption` names the table to screen readers. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  empty,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  empty?: ReactNode;
}): ReactElement {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    // What scrolls must take the focus, or the keyboard cannot scroll it (WCAG 2.1.1). Hidden words inside stay inside: `relative`.
    <div
      className="shade-1 relative overflow-x-auto rounded-card border border-line bg-surface"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={caption}
    >
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-ink-soft">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cx('px-4 py-3 font-semibold whitespace-nowrap', column.number && 'text-right')}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-line last:border-0 hover:bg-sunken/50">
              {columns.map((column) => (
                <td key={column.id} className={cx('px-4 py-3 align-middle', column.number && 'text-right')}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
