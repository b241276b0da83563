import type { ReactElement } from 'react';
import { cx } from './cx.js';
import { formatMoney, type MoneyValue } from './money.js';
import { useUi } from './provider.js';

interface PriceProps {
  money: MoneyValue;
  /** The real earlier price, struck out beside it; left out when not higher. */
  was?: MoneyValue | null | undefined;
  size?: 's' | 'm' | 'l' | undefined;
  className?: string | undefined;
}

const sizes = { s: 'text-base', m: 'text-lg', l: 'text-3xl sm:text-4xl tracking-tight' };

/** A price in the reader's language. */
export function Price({ money, was, size = 'm', className }: PriceProps): ReactElement {
  const { locale } = useUi();
  const struck = was && was.amount > money.amount ? was : null;
  return (
    <span className={cx('inline-flex flex-wrap items-baseline gap-x-2', className)}>
      <span className={cx('font-bold whitespace-nowrap', sizes[size])}>{formatMoney(money, locale)}</span>
      {struck && <s className="text-sm text-ink-soft">{formatMoney(struck, locale)}</s>}
    </span>
  );
}
