import type { ChildView } from '@um/family';
import { formatMoney, Progress } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp } from '../state/app.js';

/** How much of each limit is used. Windows without a limit are left out. */
export function Spending({ spending }: { spending: ChildView['spending'] }): ReactElement | null {
  const { t, locale } = useApp();
  const limited = spending.filter((window) => window.limit !== null);
  if (limited.length === 0) return null;
  return (
    <ul className="flex flex-col gap-3">
      {limited.map(({ window, limit, held, settled, left }) => {
        const used = held.amount + settled.amount;
        const words = t.family.spentOf(
          formatMoney({ amount: used, currency: 'UZS' }, locale),
          formatMoney(limit!, locale),
        );
        return (
          <li key={window}>
            <p className="mb-1 flex flex-wrap justify-between gap-x-3 text-sm">
              <span className="font-semibold">{t.family.windows[window]}</span>
              <span className="text-ink-soft">{words}</span>
            </p>
            <Progress
              value={used}
              max={limit!.amount}
              label={`${t.family.windows[window]}: ${words}`}
              tone={left && left.amount <= 0 ? 'accent' : 'brand'}
            />
            {held.amount > 0 && (
              <p className="mt-1 text-xs text-ink-soft">{t.family.held(formatMoney(held, locale))}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
