import { useQueryClient } from '@tanstack/react-query';
import type { ListPrice, ProductView } from '@um/product';
import { Button, formatMoney, IconPlus, IconX, Input, LoadMore, Select } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';
import { useStepUp } from '../state/step-up.js';
import { FormDialog } from './form-dialog.js';
import { usePages } from './listing.js';
import { ProductLink } from './product-link.js';
import { textIn } from './text.js';

const TIYIN = 100;

/** Prices of a list beside what everybody pays; while the list is open, prices are added and taken out. */
export function ListPriceTable({ listId, open }: { listId: string; open: boolean }): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.market.groups;
  const [adding, setAdding] = useState(false);
  const put = usePut(listId);
  const fail = useFailureToast();
  const pages = usePages<ListPrice>(`list-prices-${listId}`, `/admin/price-lists/${listId}/prices`);
  const prices = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const drop = ({ variantId, minQty }: ListPrice): Promise<unknown> =>
    put([{ variantId, minQty, priceTiyin: null }]).catch(fail);
  return (
    <>
      {prices.length === 0 && <p className="text-sm text-ink-soft">{words.noPrices}</p>}
      <ul className="divide-y divide-line">
        {prices.map((price) => (
          <li key={`${price.variantId} ${price.minQty}`} className="flex items-center justify-between gap-3 py-2">
            <span className="min-w-0">
              <span className="block font-semibold">
                {[textIn(price.title, locale), textIn(price.label, locale)].filter(Boolean).join(' · ')}
              </span>
              <span className="block text-sm text-ink-soft">
                {[
                  textIn(price.storeName, locale),
                  words.publicPrice(formatMoney(price.publicPrice, locale)),
                  words.pieces(price.minQty),
                ].join(' · ')}
              </span>
            </span>
            <span className="flex items-center gap-3 font-bold whitespace-nowrap">
              {formatMoney(price.price, locale)}
              {open && (
                <Button
                  kind="secondary"
                  size="s"
                  icon={IconX}
                  aria-label={`${words.remove}: ${textIn(price.title, locale)}`}
                  onClick={() => void drop(price)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      <LoadMore more={pages.hasNextPage} busy={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
      {open && (
        <Button kind="secondary" size="s" icon={IconPlus} className="mt-3" onClick={() => setAdding(true)}>
          {words.addPrice}
        </Button>
      )}
      {adding && <AddPrice put={put} onClose={() => setAdding(false)} />}
    </>
  );
}

interface NewPrice {
  readonly variantId: string;
  readonly minQty: number;
  readonly priceTiyin: number | null;
}

/** Sets prices of a list; answers whether it was done. */
function usePut(listId: string): (prices: readonly NewPrice[]) => Promise<boolean> {
  const stepUp = useStepUp();
  const client = useQueryClient();
  return async (prices) => {
    const done = await stepUp(async () => {
      await send('PUT', `/admin/price-lists/${listId}/prices`, { prices });
      return true;
    });
    await client.invalidateQueries({ queryKey: [`list-prices-${listId}`] });
    return done === true;
  };
}

function AddPrice({
  put,
  onClose,
}: {
  put: (prices: readonly NewPrice[]) => Promise<boolean>;
  onClose: () => void;
}): ReactElement {
  const t = useT();
  const words = t.market.groups;
  const [product, setProduct] = useState<ProductView | null>(null);
  const [variant, setVariant] = useState('');
  const [qty, setQty] = useState('1');
  const [price, setPrice] = useState('');
  const [tried, setTried] = useState(false);
  const goodQty = /^[1-9]\d?$/.test(qty.trim());
  const goodPrice = /^[1-9]\d{0,9}$/.test(price.trim());
  const variantId = variant || product?.variants[0]?.id;
  const submit = async (): Promise<boolean> => {
    setTried(true);
    if (!goodQty || !goodPrice || !variantId) return false;
    return put([{ variantId, minQty: Number(qty), priceTiyin: Number(price) * TIYIN }]);
  };
  return (
    <FormDialog
      title={words.addPrice}
      action={words.addPrice}
      ready={product !== null}
      submit={submit}
      onClose={onClose}
    >
      <ProductLink label={words.link} found={setProduct} />
      {product && (
        <>
          <Select label={product.title} value={variantId} onChange={(event) => setVariant(event.currentTarget.value)}>
            {product.variants.map(({ id, sku, options }) => (
              <option key={id} value={id}>
                {[...Object.values(options), sku].join(' / ')}
              </option>
            ))}
          </Select>
          <Input
            label={words.from}
            inputMode="numeric"
            value={qty}
            error={tried && !goodQty ? words.badQty : undefined}
            onChange={(event) => setQty(event.currentTarget.value)}
          />
          <Input
            label={words.price}
            inputMode="numeric"
            value={price}
            error={tried && !goodPrice ? t.market.offer.badPrice : undefined}
            onChange={(event) => setPrice(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
