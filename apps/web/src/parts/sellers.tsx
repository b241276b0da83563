import type { OfferViews } from '@um/search';
import { Badge, Card, cx, IconStore, IconTruck, Price, Section } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';

type Offer = OfferViews['items'][number];

/** Everybody who sells a product, the first choice first; the one that is shown on the page is marked. */
export function Sellers({
  offers,
  slug,
  shown,
}: {
  offers: readonly Offer[];
  slug: string;
  shown: string;
}): ReactElement {
  const { t } = useApp();
  return (
    <Section title={t.product.sellers(offers.length)} className="mt-10">
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {offers.map((offer) => (
          <li key={offer.listingId}>
            <SellerCard offer={offer} slug={slug} chosen={offer.listingId === shown} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SellerCard({ offer, slug, chosen }: { offer: Offer; slug: string; chosen: boolean }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <Card className={cx('flex h-full flex-col gap-2', chosen && 'border-brand')}>
      <span className="flex flex-wrap items-center justify-between gap-2">
        <a href={href(`/s/${offer.store.slug}`)} className="flex items-center gap-2 font-semibold hover:underline">
          <IconStore className="text-brand-ink" />
          {offer.store.name}
        </a>
        {offer.condition !== 'new' && <Badge>{t.product.conditions[offer.condition]}</Badge>}
      </span>
      <Price money={offer.price} was={offer.compareAt} />
      <span className="flex items-center gap-2 text-sm text-ink-soft">
        <IconTruck />
        {offer.inStock ? t.product.deliveryDays(offer.deliveryDays) : t.product.soldOut}
      </span>
      <span className="mt-auto pt-1">
        {chosen ? (
          <Badge tone="brand">{t.product.chosenSeller}</Badge>
        ) : (
          <a
            href={href(`/p/${slug}?offer=${offer.listingId}`)}
            className="tap inline-flex items-center font-semibold text-brand-ink underline-offset-4 hover:underline"
            aria-label={`${t.product.chooseSeller}: ${offer.store.name}`}
          >
            {t.product.chooseSeller}
          </a>
        )}
      </span>
    </Card>
  );
}
