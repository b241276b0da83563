import { useQueryClient } from '@tanstack/react-query';
import type { Condition, OfferMade, ProductView } from '@um/product';
import { Input, Note, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { useT } from '../state/language.js';
import { useStores } from '../state/stores.js';
import { FormDialog } from './form-dialog.js';
import { ProductLink } from './product-link.js';

const TIYIN = 100;
const conditions = ['new', 'refurbished', 'used'] as const satisfies Condition[];
interface Row {
  readonly price: string;
  readonly stock: string;
}
const isPrice = (typed: string): boolean => /^[1-9]\d{0,9}$/.test(typed.trim());
const isCount = (typed: string): boolean => /^\d{1,7}$/.test(typed.trim());

/** A seller offers a product that is in the shop already. Variants without a price are left out. */
export function OfferDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useT();
  const words = t.market.offer;
  const { stores, storeId } = useStores();
  const store = storeId ?? (stores.length === 1 ? stores[0]!.id : null);
  const [product, setProduct] = useState<ProductView | null>(null);
  const [rows, setRows] = useState<Readonly<Record<string, Row>>>({});
  const [condition, setCondition] = useState<Condition>('new');
  const [days, setDays] = useState('3');
  const [tried, setTried] = useState(false);
  const offered = Object.entries(rows).filter(([, row]) => row.price.trim() !== '');
  const good = offered.length > 0 && offered.every(([, row]) => isPrice(row.price) && isCount(row.stock));
  const goodDays = /^([0-9]|[1-5][0-9]|60)$/.test(days.trim());
  const submit = useOffer();
  return (
    <FormDialog
      title={words.title}
      action={words.submit}
      ready={product !== null && store !== null}
      onClose={onClose}
      submit={async () => {
        setTried(true);
        if (!good || !goodDays || !product || !store) return false;
        await submit({ store, product, condition, days: Number(days), offered });
        return true;
      }}
    >
      <p className="text-ink-soft">{words.text}</p>
      {store === null && <Note tone="accent">{words.chooseStore}</Note>}
      <ProductLink label={words.link} found={setProduct} />
      {product && (
        <>
          <p className="font-semibold">{product.title}</p>
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label={words.condition}
              value={condition}
              onChange={(event) => setCondition(event.currentTarget.value as Condition)}
            >
              {conditions.map((name) => (
                <option key={name} value={name}>
                  {words.conditions[name]}
                </option>
              ))}
            </Select>
            <Input
              label={words.days}
              inputMode="numeric"
              value={days}
              error={tried && !goodDays ? words.badDays : undefined}
              onChange={(event) => setDays(event.currentTarget.value)}
            />
          </div>
          <Variants product={product} rows={rows} setRows={setRows} tried={tried} />
        </>
      )}
    </FormDialog>
  );
}

/** Sends an offer and shows the products anew. */
function useOffer() {
  const t = useT();
  const toast = useToast();
  const client = useQueryClient();
  return async (offer: {
    store: string;
    product: ProductView;
    condition: Condition;
    days: number;
    offered: readonly (readonly [string, Row])[];
  }): Promise<void> => {
    const skus = new Map(offer.product.variants.map((variant) => [variant.id, variant.sku]));
    await send<OfferMade>('PUT', '/seller/offers', {
      storeId: offer.store,
      masterId: offer.product.id,
      condition: offer.condition,
      deliveryDays: offer.days,
      items: offer.offered.map(([variantId, { price, stock }]) => ({
        variantId,
        sku: skus.get(variantId) ?? variantId,
        priceTiyin: Number(price) * TIYIN,
        stock: Number(stock),
      })),
    });
    toast.ok(t.market.offer.done);
    await client.invalidateQueries({ queryKey: ['products'] });
  };
}

function Variants({
  product,
  rows,
  setRows,
  tried,
}: {
  product: ProductView;
  rows: Readonly<Record<string, Row>>;
  setRows: (rows: Readonly<Record<string, Row>>) => void;
  tried: boolean;
}): ReactElement {
  const words = useT().market.offer;
  const set = (id: string, change: Partial<Row>): void =>
    setRows({ ...rows, [id]: { price: '', stock: '1', ...rows[id], ...change } });
  return (
    <div className="flex max-h-72 flex-col gap-3 overflow-y-auto">
      {product.variants.map((variant) => {
        const row = rows[variant.id] ?? { price: '', stock: '1' };
        const needed = tried && (product.variants.length === 1 || row.price.trim() !== '');
        return (
          <fieldset key={variant.id} className="grid grid-cols-2 gap-3">
            <legend className="col-span-2 mb-1 text-sm font-semibold">
              {Object.values(variant.options).join(' / ') || variant.sku}
            </legend>
            <Input
              label={words.price}
              inputMode="numeric"
              value={row.price}
              error={needed && !isPrice(row.price) ? words.badPrice : undefined}
              onChange={(event) => set(variant.id, { price: event.currentTarget.value })}
            />
            <Input
              label={words.stock}
              inputMode="numeric"
              value={row.stock}
              error={needed && !isCount(row.stock) ? words.badStock : undefined}
              onChange={(event) => set(variant.id, { stock: event.currentTarget.value })}
            />
          </fieldset>
        );
      })}
    </div>
  );
}
