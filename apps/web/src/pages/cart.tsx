import type { CartView } from '@um/cart';
import {
  Button,
  Card,
  EmptyState,
  IconShoppingCart,
  IconTrash2,
  LinkButton,
  Note,
  Picture,
  Price,
  Quantity,
  formatMoney,
} from '@um/ui';
import type { ReactElement } from 'react';
import { variantWords } from '../parts/attributes.js';
import { useCartChanges, type CartChanges } from '../parts/cart-changes.js';
import { PackedParts } from '../parts/bundle.js';
import { DownloadBadge } from '../parts/downloads.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { useStore } from '../state/store.js';

type Line = CartView['lines'][number];

/** The cart of a grown-up or a guest. */
export const page = definePage<CartView>({
  load: ({ api }) => api.get<CartView>('/carts/current'),
  head: (_data, t) => ({ title: t.cart.title, hidden: true }),
  View: Cart,
});

function Cart({ data: cart }: { data: CartView }): ReactElement {
  const { t, viewer, keep } = useApp();
  const href = useHref();
  const person = useStore(viewer);
  const changes = useCartChanges(keep);
  if (cart.lines.length === 0) {
    return (
      <div className="page pt-6">
        <h1 className="sr-only">{t.cart.title}</h1>
        <EmptyState
          icon={IconShoppingCart}
          title={t.cart.empty}
          action={<LinkButton href={href('/catalog')}>{t.shell.catalog}</LinkButton>}
        >
          {t.cart.emptyText}
        </EmptyState>
      </div>
    );
  }
  const stores = [...new Map(cart.lines.map(({ store }) => [store.id, store])).values()];
  return (
    <div className="page pt-6 sm:pt-8">
      <PageTitle>{t.cart.title}</PageTitle>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="flex flex-col gap-4">
          {stores.map((store) => (
            <Card key={store.id}>
              <h2 className="mb-1 text-base text-ink-soft">{store.name}</h2>
              <ul className="divide-y divide-line">
                {cart.lines
                  .filter((line) => line.store.id === store.id)
                  .map((line) => (
                    <CartLine key={line.id} line={line} {...changes} />
                  ))}
              </ul>
            </Card>
          ))}
        </div>
        <Card className="lg:sticky lg:top-32">
          <p className="flex items-baseline justify-between gap-4">
            <span className="text-ink-soft">{t.cart.sumFor(cart.count)}</span>
            <Price money={cart.goods} size="m" />
          </p>
          <p className="mt-2 text-sm text-ink-soft">
            {cart.lines.every((line) => line.digital) ? t.downloads.after : t.cart.deliveryLater}
          </p>
          {!cart.orderable && (
            <Note tone="accent" className="mt-4" role="status">
              {t.cart.notOrderable}
            </Note>
          )}
          {cart.orderable ? (
            <LinkButton href={href('/checkout')} size="l" wide className="mt-5">
              {t.cart.toCheckout}
            </LinkButton>
          ) : (
            <Button size="l" wide disabled className="mt-5">
              {t.cart.toCheckout}
            </Button>
          )}
          {!person && (
            <p className="mt-4 text-sm text-ink-soft">
              <a className="font-semibold text-brand-ink underline" href={href('/sign-in?next=/cart')}>
                {t.shell.signIn}
              </a>{' '}
              · {t.cart.signInHint}
            </p>
          )}
        </Card>
      </div>
    </div>
  );
}

function CartLine({ line, busy, change, remove }: { line: Line } & CartChanges): ReactElement {
  const { t, locale } = useApp();
  const href = useHref();
  return (
    <li
      className="grid grid-cols-[5rem_1fr] gap-x-4 gap-y-3 py-4 sm:grid-cols-[6.5rem_1fr_auto]"
      aria-busy={busy === line.id}
    >
      <Picture id={line.pictureId} alt="" sizes="104px" className="aspect-square rounded-box bg-picture" />
      <div className="min-w-0">
        <a href={href(`/p/${line.slug}`)} className="font-semibold hover:underline">
          {line.title}
        </a>
        {line.variantLabel && <p className="text-sm text-ink-soft">{variantWords(line.variantLabel, t)}</p>}
        <p className="mt-1 text-sm text-ink-soft">
          <Price money={line.unitPrice} size="s" className="font-normal" />
        </p>
        <PackedParts parts={line.parts} />
        {line.digital && (
          <p className="mt-1">
            <DownloadBadge />
          </p>
        )}
        {line.priceBefore && (
          <p className="text-sm text-accent-ink">{t.cart.priceBefore(formatMoney(line.priceBefore, locale))}</p>
        )}
        {line.problem && (
          <p className="mt-1.5 text-sm font-semibold text-danger-ink">
            {t.cart.problems[line.problem]}
            {line.problem === 'not_enough' && ` · ${t.cart.availableOnly(line.available)}`}
          </p>
        )}
      </div>
      <div className="col-span-full flex items-center justify-between gap-3 sm:col-span-1 sm:flex-col sm:items-end">
        <Price money={line.lineTotal} />
        <span className="flex items-center gap-1">
          {(!line.digital || line.qty > 1) && (
            <Quantity
              value={line.qty}
              max={Math.max(1, Math.min(99, line.available))}
              onChange={(qty) => change(line, qty)}
              label={line.title}
              disabled={busy !== null}
            />
          )}
          <Button
            kind="quiet"
            icon={IconTrash2}
            aria-label={`${t.remove}: ${line.title}`}
            disabled={busy !== null}
            onClick={() => remove(line)}
            className="px-0!"
          />
        </span>
      </div>
    </li>
  );
}
