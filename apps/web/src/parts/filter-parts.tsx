import { cx, IconX } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { withQuery } from '../router/match.js';
import { useHref } from '../state/app.js';
import { usePlace } from '../state/place.js';

/** Filters that stand in the address, by the API's names. */
export const filterKeys = ['brand', 'minPrice', 'maxPrice', 'age', 'inStock'] as const;
/** A filter by an attribute: `attr.color`. */
export type AttributeKey = `attr.${string}`;
export type FilterKey = (typeof filterKeys)[number] | AttributeKey;

export const isAttributeKey = (key: string): key is AttributeKey => key.startsWith('attr.');

/** The filters by attributes that stand in an address. */
export const attributeKeys = (query: URLSearchParams): AttributeKey[] =>
  [...new Set(query.keys())].filter((key) => isAttributeKey(key));

type Changes = Partial<Record<FilterKey, string | null>>;

/** Addresses with one filter changed. Changing a filter starts the list anew. */
export function useFilters() {
  const { path, search } = usePlace();
  const href = useHref();
  const query = new URLSearchParams(search);
  const to = (changes: Changes): string => path + withQuery(search, changes);
  return {
    value: (key: FilterKey) => query.get(key),
    to,
    link: (changes: Changes) => href(to(changes)),
    active: [...filterKeys.filter((key) => query.has(key)), ...attributeKeys(query)],
  };
}

/** One kind of filter with its heading. */
export function Group({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section>
      <h2 className="mb-2 text-base">{title}</h2>
      <div className="flex flex-col gap-0.5">{children}</div>
    </section>
  );
}

/** A choice of a filter: a link to the list with it, or without it when it is on. */
export function Option({
  href,
  name,
  count,
  on,
  hex,
}: {
  href: string;
  name: string;
  count?: number;
  on?: boolean;
  hex?: string | null;
}): ReactElement {
  return (
    <a
      href={href}
      aria-current={on ? 'true' : undefined}
      className={cx(
        'flex min-h-9 items-center justify-between gap-2 rounded-field px-2.5 py-1 text-[0.95rem] hover:bg-sunken',
        on && 'bg-brand-soft font-semibold text-brand-ink',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        {hex && <Swatch hex={hex} />}
        <span className="min-w-0 truncate">{name}</span>
      </span>
      {on ? <IconX size={16} /> : count !== undefined && <span className="text-sm text-ink-soft">{count}</span>}
    </a>
  );
}

/** A dot of a colour; its name stands beside it. */
export function Swatch({ hex }: { hex: string }): ReactElement {
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: hex }}
      className="size-4 shrink-0 rounded-full border border-line-strong"
    />
  );
}
