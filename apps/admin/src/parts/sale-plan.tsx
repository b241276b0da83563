import { useQueryClient } from '@tanstack/react-query';
import type { SalesPlanned, SellerPrices } from '@um/product';
import { Checkbox, Input, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { send } from '../api/api.js';
import { useLanguage, type Language } from '../state/language.js';
import { FormDialog, whenValid } from './form-dialog.js';
import { momentOf, fieldOf } from './moments.js';
import { textIn } from './text.js';

const WEEK = 7 * 86_400_000;
const HOUR = 3_600_000;
interface Typed {
  readonly percent: string;
  readonly from: string;
  readonly until: string;
}

/** The next full hour, and the same hour a week later. */
function firstValues(): Typed {
  const next = Math.ceil(Date.now() / HOUR) * HOUR;
  return { percent: '10', from: fieldOf(new Date(next)), until: fieldOf(new Date(next + WEEK)) };
}

/** Plans a sale of some variants of a product. */
export function SalePlan({ prices, onClose }: { prices: SellerPrices; onClose: () => void }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(prices.variants.map(({ id }) => id)));
  const plan = usePlan(prices);
  const { register, handleSubmit, formState } = useForm<Typed>({ defaultValues: firstValues() });
  const { errors } = formState;
  return (
    <FormDialog
      title={t.sales.plan}
      action={t.sales.plan}
      ready={chosen.size > 0}
      submit={whenValid(handleSubmit, (typed) => plan(typed, [...chosen]))}
      onClose={onClose}
    >
      {prices.variants.length > 1 && (
        <Chosen prices={prices} chosen={chosen} setChosen={setChosen} language={language} />
      )}
      <Input
        {...register('percent', {
          validate: (typed) => /^([1-9]|[1-8]\d|9[0-5])$/.test(typed.trim()) || t.sales.badPercent,
        })}
        label={t.sales.percent}
        inputMode="numeric"
        autoFocus
        error={errors.percent?.message}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Input
          {...register('from', { validate: (typed) => momentOf(typed) !== null || t.sales.badMoment })}
          type="datetime-local"
          label={t.sales.from}
          error={errors.from?.message}
        />
        <Input
          {...register('until', { validate: (typed) => momentOf(typed) !== null || t.sales.badMoment })}
          type="datetime-local"
          label={t.sales.until}
          error={errors.until?.message}
        />
      </div>
    </FormDialog>
  );
}

function usePlan(prices: SellerPrices): (typed: Typed, variantIds: string[]) => Promise<boolean> {
  const { t } = useLanguage();
  const toast = useToast();
  const client = useQueryClient();
  return async (typed, variantIds) => {
    await send<z.output<typeof SalesPlanned>>('POST', '/seller/sales', {
      storeId: prices.storeId,
      variantIds,
      percentOff: Number(typed.percent),
      startsAt: momentOf(typed.from),
      endsAt: momentOf(typed.until),
    });
    toast.ok(t.sales.planned);
    await client.invalidateQueries({ queryKey: ['sales'] });
    await client.invalidateQueries({ queryKey: ['prices'] });
    return true;
  };
}

function Chosen({
  prices,
  chosen,
  setChosen,
  language: { t, locale },
}: {
  prices: SellerPrices;
  chosen: ReadonlySet<string>;
  setChosen: (chosen: ReadonlySet<string>) => void;
  language: Language;
}): ReactElement {
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{t.sales.chosen}</legend>
      <div className="flex max-h-56 flex-col gap-2 overflow-y-auto">
        {prices.variants.map((variant) => (
          <Checkbox
            key={variant.id}
            label={textIn(variant.label, locale) || variant.sku}
            checked={chosen.has(variant.id)}
            onChange={() => toggle(variant.id)}
          />
        ))}
      </div>
      {chosen.size === 0 && <p className="mt-1 text-sm text-danger-ink">{t.sales.chooseSome}</p>}
    </fieldset>
  );
}
