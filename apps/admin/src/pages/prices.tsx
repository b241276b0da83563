import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SellerPrices } from '@um/product';
import {
  Badge,
  Button,
  Card,
  dateTime,
  formatMoney,
  IconArrowLeft,
  IconPencil,
  IconTag,
  Input,
  LinkButton,
  Price,
  useToast,
} from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import { get, send } from '../api/api.js';
import { FormDialog, whenValid } from '../parts/form-dialog.js';
import { Failed, Rows } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { SalePlan } from '../parts/sale-plan.js';
import { textIn } from '../parts/text.js';
import { href } from '../shell/sections.js';
import { useLanguage } from '../state/language.js';

type Variant = SellerPrices['variants'][number];
const SHOWN = 12;
const TIYIN = 100;

/** What a product costs, cost and will cost; new prices are set and sales planned here. */
export function Prices({ id }: { id: string }): ReactElement {
  const { t, locale } = useLanguage();
  const [planning, setPlanning] = useState(false);
  const [changed, setChanged] = useState<Variant | null>(null);
  const prices = useQuery({
    queryKey: ['prices', id],
    queryFn: () => get<SellerPrices>(`/seller/products/${id}/prices`),
  });
  if (prices.isPending) return <Rows />;
  if (prices.isError) return <Failed error={prices.error} onRetry={() => void prices.refetch()} />;
  return (
    <PanelPage
      title={t.sales.prices}
      lead={textIn(prices.data.title, locale)}
      aside={
        <span className="flex flex-wrap gap-2">
          <LinkButton href={href('/sales')} kind="secondary" size="s" icon={IconArrowLeft}>
            {t.sales.title}
          </LinkButton>
          <Button size="s" icon={IconTag} onClick={() => setPlanning(true)}>
            {t.sales.plan}
          </Button>
        </span>
      }
    >
      <div className="grid gap-4 xl:grid-cols-2">
        {prices.data.variants.map((variant) => (
          <VariantCard key={variant.id} variant={variant} change={() => setChanged(variant)} />
        ))}
      </div>
      {planning && <SalePlan prices={prices.data} onClose={() => setPlanning(false)} />}
      {changed && <PriceDialog variant={changed} productId={id} onClose={() => setChanged(null)} />}
    </PanelPage>
  );
}

function VariantCard({ variant, change }: { variant: Variant; change: () => void }): ReactElement {
  const { t, locale } = useLanguage();
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-lg">{textIn(variant.label, locale) || variant.sku}</h2>
          <p className="text-xs text-ink-soft">{variant.sku}</p>
        </div>
        <Button kind="secondary" size="s" icon={IconPencil} onClick={change}>
          {t.sales.change}
        </Button>
      </div>
      <dl className="mt-4 flex flex-wrap gap-x-8 gap-y-3">
        <div>
          <dt className="text-sm text-ink-soft">{t.sales.now}</dt>
          <dd>
            <Price money={variant.price} was={variant.compareAt} />
            {variant.saleEndsAt && <Badge tone="ok">{t.sales.untilWhen(dateTime(variant.saleEndsAt, locale))}</Badge>}
          </dd>
        </div>
        <div>
          <dt className="text-sm text-ink-soft">{t.sales.basePrice}</dt>
          <dd className="text-lg font-bold">{formatMoney(variant.basePrice, locale)}</dd>
        </div>
      </dl>
      <h3 className="mt-5 text-sm font-semibold">{t.sales.history}</h3>
      <ol className="mt-1 divide-y divide-line text-sm">
        {variant.history.slice(0, SHOWN).map((step) => (
          <li key={step.from} className="flex justify-between gap-4 py-1.5">
            <span className="text-ink-soft">{t.sales.since(dateTime(step.from, locale))}</span>
            <span className="font-medium whitespace-nowrap">{formatMoney(step.price, locale)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function PriceDialog({
  variant,
  productId,
  onClose,
}: {
  variant: Variant;
  productId: string;
  onClose: () => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const toast = useToast();
  const client = useQueryClient();
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { price: String(variant.basePrice.amount / TIYIN) },
  });
  const change = whenValid(handleSubmit, async ({ price }) => {
    await send('PUT', `/seller/variants/${variant.id}/price`, { priceTiyin: Number(price) * TIYIN });
    toast.ok(t.saved);
    await client.invalidateQueries({ queryKey: ['prices', productId] });
    await client.invalidateQueries({ queryKey: ['products'] });
    return true;
  });
  return (
    <FormDialog title={t.sales.change} action={t.save} submit={change} onClose={onClose}>
      <p className="text-ink-soft">{[textIn(variant.label, locale), variant.sku].filter(Boolean).join(' · ')}</p>
      <Input
        {...register('price', { validate: (typed) => /^[1-9]\d{0,9}$/.test(typed.trim()) || t.sales.badPrice })}
        label={t.sales.newPrice}
        inputMode="numeric"
        autoFocus
        error={formState.errors.price?.message}
      />
    </FormDialog>
  );
}
