import type { ProductView } from '@um/product';
import { Badge, dateTime, formatMoney, Price } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp } from '../state/app.js';

type Priced = Pick<ProductView['variants'][number], 'price' | 'compareAt' | 'lowest30' | 'saleEndsAt' | 'tiers'>;

/** How much is off, in whole percent, never more than it is; 0 when that is less than one. */
export const percentOff = ({ price, compareAt }: Pick<Priced, 'price' | 'compareAt'>): number =>
  compareAt === null ? 0 : Math.floor(100 - (price.amount * 100) / compareAt.amount);

/** A price with everything that has to be known of it: what it was, the lowest of thirty days, how long it stands. Children see the price alone (UXP-01). */
export function PriceNotes({ variant, child }: { variant: Priced; child: boolean }): ReactElement {
  const { t, locale } = useApp();
  if (child) return <Price money={variant.price} size="l" />;
  const off = percentOff(variant);
  return (
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Price money={variant.price} was={variant.compareAt} size="l" />
        {off > 0 && <Badge tone="accent">{`−${off}%`}</Badge>}
      </span>
      {variant.lowest30 && (
        <p className="text-sm text-ink-soft">{t.product.lowest30(formatMoney(variant.lowest30, locale))}</p>
      )}
      {variant.saleEndsAt && (
        <p className="text-sm text-ink-soft">{t.product.saleEnds(dateTime(variant.saleEndsAt, locale))}</p>
      )}
      {variant.tiers.map(({ minQty, price }) => (
        <p key={minQty} className="font-semibold text-brand-ink">
          {minQty === 1
            ? t.product.yourPrice(formatMoney(price, locale))
            : t.product.yourPriceFrom(formatMoney(price, locale), minQty)}
        </p>
      ))}
    </div>
  );
}
