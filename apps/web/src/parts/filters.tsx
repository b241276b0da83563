import type { Facets } from '@um/search';
import { Button, formatAmount, formatMoney, IconSlidersHorizontal, IconX, Input, moneyUnit, Sheet } from '@um/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { useApp, useHref } from '../state/app.js';
import { ageGrade } from './ages.js';
import { AttributeFilters, attributeChip } from './attribute-filters.js';
import { filterKeys, Group, isAttributeKey, Option, useFilters, type FilterKey } from './filter-parts.js';
import { textsOf } from './form.js';

interface FiltersProps {
  facets: z.infer<typeof Facets> | undefined;
  category: string | null;
  /** The page is one brand's: others are not offered. */
  brand: boolean;
}

/** The filters beside a list. Every choice is a link, so the page works before its scripts and each state has an address. */
export function Filters({ facets, category, brand }: FiltersProps): ReactElement {
  const { t } = useApp();
  const { value, link } = useFilters();
  const href = useHref();
  return (
    <div className="flex flex-col gap-6">
      {facets && facets.categories.length > 0 && (
        <Group title={t.list.category}>
          {facets.categories
            .filter((c) => c.id !== category)
            .slice(0, 12)
            .map((c) => (
              <Option key={c.id} href={href(`/c/${c.id}`)} name={c.name} count={c.count} />
            ))}
        </Group>
      )}
      <PriceFilter facets={facets} />
      <Group title={t.list.age}>
        {(['0', '3', '6', '9', '13'] as const).map((age) => (
          <Option
            key={age}
            href={link({ age: value('age') === age ? null : age })}
            name={t.home.ages[age]}
            on={value('age') === age}
          />
        ))}
      </Group>
      <Group title={t.list.inStockShort}>
        <Option
          href={link({ inStock: value('inStock') ? null : 'true' })}
          name={t.list.inStock}
          on={value('inStock') === 'true'}
        />
      </Group>
      {facets && !brand && facets.brands.length > 0 && (
        <Group title={t.list.brand}>
          {facets.brands.slice(0, 12).map((b) => (
            <Option
              key={b.name}
              href={link({ brand: value('brand') === b.name ? null : b.name })}
              name={b.name}
              count={b.count}
              on={value('brand') === b.name}
            />
          ))}
        </Group>
      )}
      <AttributeFilters facets={facets} />
    </div>
  );
}

function PriceFilter({ facets }: Pick<FiltersProps, 'facets'>): ReactElement {
  const { t, locale, go } = useApp();
  const { value, to } = useFilters();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { from = '', upTo = '' } = textsOf(event.currentTarget);
    go(to({ minPrice: tiyin(from), maxPrice: tiyin(upTo) }), { replace: true });
  };
  const shown = (key: 'minPrice' | 'maxPrice'): string => (value(key) ? formatAmount(Number(value(key))) : '');
  return (
    <Group title={t.list.price}>
      <form onSubmit={submit} className="flex items-end gap-2" key={`${value('minPrice')}-${value('maxPrice')}`}>
        <Input
          name="from"
          label={t.list.from}
          labelHidden
          placeholder={facets?.price ? formatAmount(facets.price.min.amount) : t.list.from}
          defaultValue={shown('minPrice')}
          inputMode="numeric"
          className="px-2.5 text-sm"
        />
        <Input
          name="upTo"
          label={t.list.to}
          labelHidden
          placeholder={facets?.price ? formatAmount(facets.price.max.amount) : t.list.to}
          defaultValue={shown('maxPrice')}
          inputMode="numeric"
          className="px-2.5 text-sm"
        />
        <Button
          type="submit"
          kind="secondary"
          className="px-3.5"
          aria-label={`OK: ${t.list.price}, ${moneyUnit(locale)}`}
        >
          OK
        </Button>
      </form>
    </Group>
  );
}

/** Whole soʻm as typed, in tiyin; null when it is no figure. */
function tiyin(typed: string): string | null {
  const digits = typed.replace(/\D/g, '').slice(0, 12);
  return digits ? String(Number(digits) * 100) : null;
}

/** The same filters in a panel, for narrow screens. */
export function FilterSheet(props: FiltersProps): ReactElement {
  const { t } = useApp();
  const { active } = useFilters();
  const [open, setOpen] = useState(false);
  return (
    <div className="lg:hidden">
      <Button kind="secondary" icon={IconSlidersHorizontal} onClick={() => setOpen(true)}>
        {active.length > 0 ? t.list.filtersCount(active.length) : t.list.filters}
      </Button>
      <Sheet
        open={open}
        onClose={() => setOpen(false)}
        title={t.list.filters}
        actions={
          <Button wide onClick={() => setOpen(false)}>
            {t.list.show}
          </Button>
        }
      >
        <Filters {...props} />
      </Sheet>
    </div>
  );
}

/** What is filtered by now, each with a way to undo it. */
export function ActiveFilters({ facets }: Pick<FiltersProps, 'facets'>): ReactElement | null {
  const { t, locale } = useApp();
  const { value, link, active } = useFilters();
  if (active.length === 0) return null;
  const money = (key: FilterKey): string =>
    formatMoney({ amount: Number(value(key)), currency: facets?.price?.min.currency ?? 'UZS' }, locale);
  const age = value('age') ?? '';
  const names: Record<(typeof filterKeys)[number], string> = {
    brand: value('brand') ?? '',
    minPrice: `${t.list.from} ${money('minPrice')}`,
    maxPrice: `${t.list.to} ${money('maxPrice')}`,
    age: (t.home.ages as Record<string, string>)[age] ?? ageGrade(Number(age) * 12, t) ?? age,
    inStock: t.list.inStock,
  };
  const nameOf = (key: FilterKey): string =>
    isAttributeKey(key) ? attributeChip(key, value(key) ?? '', facets, t) : names[key];
  const chip =
    'inline-flex min-h-9 items-center gap-1.5 rounded-full bg-brand-soft px-3.5 text-sm font-semibold text-brand-ink hover:bg-line';
  return (
    <ul className="mb-4 flex flex-wrap gap-2">
      {active.map((key) => (
        <li key={key}>
          <a href={link({ [key]: null })} aria-label={t.list.removeFilter(nameOf(key))} className={chip}>
            {nameOf(key)}
            <IconX size={15} />
          </a>
        </li>
      ))}
      <li>
        <a
          href={link(Object.fromEntries(active.map((key) => [key, null])))}
          className="inline-flex min-h-9 items-center rounded-full px-3 text-sm font-semibold text-ink-soft hover:underline"
        >
          {t.list.clear}
        </a>
      </li>
    </ul>
  );
}
