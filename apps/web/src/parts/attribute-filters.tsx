import type { AttributeFacet, Facets } from '@um/search';
import { Button, Input } from '@um/ui';
import type { FormEvent, ReactElement } from 'react';
import type { z } from 'zod';
import type { Dictionary } from '../i18n/index.js';
import { useApp } from '../state/app.js';
import { Group, Option, useFilters, type AttributeKey } from './filter-parts.js';
import { textsOf } from './form.js';

const SHOWN = 10;
const keyOf = (code: string): AttributeKey => `attr.${code}`;

/** What a filter by an attribute holds: values with commas between them. */
const valuesOf = (text: string | null): string[] => (text ? text.split(',') : []);

/** The text of a filter with one value put in or taken out; null when none is left. */
export const toggled = (text: string | null, value: string): string | null => {
  const values = valuesOf(text);
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return next.join(',') || null;
};

/** What a value reads like: the name of a choice, yes or no, else as it is. */
const nameOf = (facet: AttributeFacet | undefined, value: string, t: Dictionary): string => {
  if (facet?.type === 'boolean') return value === 'true' ? t.product.yes : t.product.no;
  return facet?.values.find((one) => one.value === value)?.name ?? value;
};

/** A filter by an attribute in words, for taking it off again. */
export function attributeChip(
  key: AttributeKey,
  text: string,
  facets: z.infer<typeof Facets> | undefined,
  t: Dictionary,
): string {
  const code = key.slice('attr.'.length);
  const facet = facets?.attributes.find((one) => one.code === code);
  const range = text.split('..');
  const words =
    range.length === 2
      ? range[0] && range[1]
        ? `${range[0]}–${range[1]}`
        : range[0]
          ? `${t.list.from} ${range[0]}`
          : `${t.list.to} ${range[1]}`
      : valuesOf(text)
          .map((value) => nameOf(facet, value, t))
          .join(', ');
  return [facet?.name ?? code, ': ', words, facet?.unit ? ` ${facet.unit}` : ''].join('');
}

/** Filters by what things are: colours, materials, sizes, whatever the products at hand say of themselves. */
export function AttributeFilters({ facets }: { facets: z.infer<typeof Facets> | undefined }): ReactElement {
  const { t } = useApp();
  const { value, link } = useFilters();
  return (
    <>
      {facets?.attributes.map((facet) => {
        const key = keyOf(facet.code);
        if (facet.type === 'number') return <RangeFilter key={key} facet={facet} />;
        const chosen = valuesOf(value(key));
        // What is chosen stays within reach, however rare it is.
        const shown = facet.values.filter((one, place) => place < SHOWN || chosen.includes(one.value));
        return (
          <Group key={key} title={facet.name}>
            {shown.map((one) => (
              <Option
                key={one.value}
                href={link({ [key]: toggled(value(key), one.value) })}
                name={nameOf(facet, one.value, t)}
                count={one.count}
                hex={one.hex}
                on={chosen.includes(one.value)}
              />
            ))}
          </Group>
        );
      })}
    </>
  );
}

/** A number as people type it, or nothing when it is none. */
const figure = (typed: string): string => {
  const text = typed.trim().replace(',', '.');
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(text) ? text : '';
};

function RangeFilter({ facet }: { facet: AttributeFacet }): ReactElement | null {
  const { t, go } = useApp();
  const { value, to } = useFilters();
  const key = keyOf(facet.code);
  const text = value(key);
  const [from = '', upTo = ''] = text?.includes('..') ? text.split('..') : [text ?? '', text ?? ''];
  const bounds = facet.range;
  if (!bounds || (bounds.min === bounds.max && text === null)) return null;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = textsOf(event.currentTarget);
    const range = [figure(typed['from'] ?? ''), figure(typed['upTo'] ?? '')];
    go(to({ [key]: range.some(Boolean) ? range.join('..') : null }), { replace: true });
  };
  const title = facet.unit ? `${facet.name}, ${facet.unit}` : facet.name;
  return (
    <Group title={title}>
      <form onSubmit={submit} className="flex items-end gap-2" key={text}>
        {(['from', 'upTo'] as const).map((side) => (
          <Input
            key={side}
            name={side}
            label={`${title}: ${side === 'from' ? t.list.from : t.list.to}`}
            labelHidden
            placeholder={String(side === 'from' ? bounds.min : bounds.max)}
            defaultValue={side === 'from' ? from : upTo}
            inputMode="decimal"
            className="px-2.5 text-sm"
          />
        ))}
        <Button type="submit" kind="secondary" className="px-3.5" aria-label={`OK: ${title}`}>
          OK
        </Button>
      </form>
    </Group>
  );
}
