import type { Money } from '@um/kernel/contract';
import { formatMoney, Price } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp } from '../state/app.js';

interface SumsProps {
  goods: Money;
  discount: Money;
  delivery: Money;
  vatIncluded?: Money | undefined;
  total: Money;
}

/** What a total is made of, every part of it (UXP-02: nothing is hidden). */
export function Sums({ goods, discount, delivery, vatIncluded, total }: SumsProps): ReactElement {
  const { t, locale } = useApp();
  const row = (name: string, value: string): ReactElement => (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
  return (
    <dl className="flex flex-col gap-2">
      {row(t.checkout.goods, formatMoney(goods, locale))}
      {discount.amount > 0 && row(t.checkout.discount, `−${formatMoney(discount, locale)}`)}
      {row(t.checkout.delivery, delivery.amount === 0 ? t.checkout.free : formatMoney(delivery, locale))}
      {vatIncluded && row(t.checkout.vat, formatMoney(vatIncluded, locale))}
      <div className="mt-1 flex items-baseline justify-between gap-4 border-t border-line pt-3">
        <dt className="font-semibold">{t.checkout.total}</dt>
        <dd>
          <Price money={total} size="m" className="text-xl" />
        </dd>
      </div>
    </dl>
  );
}
