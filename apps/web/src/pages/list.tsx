import type { CategoryView } from '@um/product';
import type { BrandView, ProductPage } from '@um/search';
import type { StoreView } from '@um/store';
import {
  Breadcrumbs,
  EmptyState,
  IconSearch,
  IconStore,
  LinkButton,
  LoadMore,
  Picture,
  Select,
  useToast,
  yearOf,
} from '@um/ui';
import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { ApiProblem } from '../api/api.js';
import type { Dictionary } from '../i18n/index.js';
import { attributeKeys, filterKeys } from '../parts/filter-parts.js';
import { ActiveFilters, FilterSheet, Filters } from '../parts/filters.js';
import { loadProducts, type ListQuery } from '../parts/shelves.js';
import { PageTitle, Tiles } from '../parts/tile.js';
import { definePage, Redirect, type LoadContext } from '../router/page.js';
import { withQuery } from '../router/match.js';
import { RestingPlace } from '../shell/child-shell.js';
import { useApp, useHref } from '../state/app.js';
import { usePlace } from '../state/place.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';

type Category = z.infer<typeof CategoryView>;
type Store = z.infer<typeof StoreView>;

export interface ListData {
  products: ProductPage;
  /** The department from the root to the one shown. */
  trail: readonly Category[];
  store: Store | null;
  brand: BrandView | null;
  query: ListQuery;
}

const PART = 24;
/** A child's list stops after twenty (UXP-04). */
const CHILD_PART = 20;

/** Departments, stores, ages, searches: one kind of page, told by its address. */
export const page = definePage<ListData>({
  load: loadList,
  head: (data, t, context) => {
    const { products, trail, store, query } = data;
    const name = titleOf(data, t);
    return {
      title: name,
      description: store?.description ?? `${name} — ${t.home.description}`,
      hidden: Boolean(query.q) || products.items.length === 0,
      canonical: context.path + withQuery('', { age: query.age }),
      jsonLd: trail.length > 0 ? [breadcrumbs(trail)] : [],
    };
  },
  View: List,
});

async function loadList({ api, params, query, viewer }: LoadContext): Promise<ListData> {
  const asked: ListQuery = { category: params['category'] ?? null, store: params['store'] ?? null };
  for (const key of ['q', ...filterKeys, ...attributeKeys(query), 'sort'] as const) asked[key] = query.get(key);
  const brand = params['brand'] ? await api.get<BrandView>(`/brands/${encodeURIComponent(params['brand'])}`) : null;
  if (brand && brand.slug !== params['brand']) throw new Redirect(`/b/${brand.slug}`, true);
  if (brand) asked.brand = brand.name;
  const [products, categories, store] = await Promise.all([
    loadProducts(api, { ...asked, facets: true, limit: isChild(viewer) ? CHILD_PART : PART }),
    asked.category ? api.get<{ items: Category[] }>('/categories').then((answer) => answer.items) : [],
    asked.store ? api.get<Store>(`/stores/${encodeURIComponent(asked.store)}`) : null,
  ]);
  const trail = pathTo(asked.category ?? null, categories);
  if (asked.category && trail.length === 0) {
    // A category that was merged leads to the other one; any other is not there, and the API says so.
    const { id } = await api.get<Category>(`/categories/${encodeURIComponent(asked.category)}`);
    throw new Redirect(`/c/${id}`, true);
  }
  return { products, trail, store, brand, query: asked };
}

function titleOf({ trail, store, brand, query }: ListData, t: Dictionary): string {
  return trail.at(-1)?.name ?? store?.name ?? brand?.name ?? (query.q ? t.list.searchTitle(query.q) : t.list.allTitle);
}

function pathTo(id: string | null, categories: readonly Category[]): Category[] {
  const found = categories.find((category) => category.id === id);
  return found ? [...pathTo(found.parentId, categories), found] : [];
}

const breadcrumbs = (trail: readonly Category[]): object => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: trail.map(({ name }, place) => ({ '@type': 'ListItem', position: place + 1, name })),
});

function List({ data }: { data: ListData }): ReactElement {
  const { t, viewer } = useApp();
  const child = isChild(useStore(viewer));
  const { trail, store, brand, query, products } = data;
  const href = useHref();
  const crumbs = [
    { label: t.shell.home, href: href('/') },
    ...trail.map(({ id, name }, place) => ({
      label: name,
      href: place < trail.length - 1 ? href(`/c/${id}`) : undefined,
    })),
  ];
  const title = titleOf(data, t);
  return (
    <div className={child ? '' : 'page pt-4 sm:pt-6'}>
      {!child && trail.length > 0 && <Breadcrumbs trail={crumbs} />}
      <PageTitle
        aside={<SortBar data={data} />}
        note={
          products.corrected ? (
            <strong role="status" className="font-semibold text-ink">
              {t.list.corrected(products.corrected)}
            </strong>
          ) : (
            store?.description
          )
        }
      >
        {brand && <BrandMark brand={brand} />}
        {store && <IconStore size={30} className="mr-2 inline align-[-4px] text-brand-ink" />}
        {title}
      </PageTitle>
      {store && (
        <p className="-mt-5 mb-6 text-sm text-ink-soft">
          {store.city} · {t.list.storeSince(yearOf(store.since))}
        </p>
      )}
      {brand?.store && (
        <p className="-mt-5 mb-6 text-sm">
          <a href={href(`/s/${brand.store.slug}`)} className="font-semibold text-brand-ink hover:underline">
            {t.list.brandStore(brand.store.name)}
          </a>
        </p>
      )}
      <div className={child ? '' : 'grid gap-8 lg:grid-cols-[15rem_1fr]'}>
        {!child && (
          <aside className="hidden lg:block">
            <Filters facets={products.facets} category={query.category ?? null} brand={brand !== null} />
          </aside>
        )}
        <div>
          {!child && <ActiveFilters facets={products.facets} />}
          <Results data={data} child={child} />
        </div>
      </div>
    </div>
  );
}

/** A brand's own picture beside its name, where it has one. */
function BrandMark({ brand }: { brand: BrandView }): ReactElement | null {
  if (!brand.logoId) return null;
  return (
    <Picture id={brand.logoId} alt="" sizes="48px" className="mr-3 inline-block size-12 rounded-field align-middle" />
  );
}

function SortBar({ data }: { data: ListData }): ReactElement {
  const { t, go, viewer } = useApp();
  const { path, search } = usePlace();
  const child = isChild(useStore(viewer));
  const sorts = Object.entries(t.list.sorts).filter(([sort]) => sort !== 'relevance' || data.query.q);
  return (
    <div className="flex w-full items-end gap-2 sm:w-auto">
      {!child && (
        <FilterSheet facets={data.products.facets} category={data.query.category ?? null} brand={data.brand !== null} />
      )}
      <div className="grow sm:w-56">
        <Select
          label={t.list.sort}
          labelHidden
          value={data.query.sort ?? (data.query.q ? 'relevance' : 'popular')}
          onChange={(event) => go(path + withQuery(search, { sort: event.currentTarget.value }), { replace: true })}
        >
          {sorts.map(([sort, name]) => (
            <option key={sort} value={sort}>
              {name}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}

function Results({ data, child }: { data: ListData; child: boolean }): ReactElement {
  const { t, api, keep } = useApp();
  const href = useHref();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const { products } = data;

  const more = async (): Promise<void> => {
    setBusy(true);
    try {
      const next = await loadProducts(api, {
        ...data.query,
        limit: child ? CHILD_PART : PART,
        cursor: products.nextCursor,
      });
      keep({
        ...data,
        products: { ...products, items: [...products.items, ...next.items], nextCursor: next.nextCursor },
      });
    } catch (error) {
      toast.problem(error instanceof ApiProblem && error.status !== 0 ? error.message : t.errors.network);
    } finally {
      setBusy(false);
    }
  };

  if (products.items.length === 0) {
    return (
      <EmptyState
        icon={IconSearch}
        title={t.list.emptyTitle}
        action={
          <LinkButton href={href('/catalog')} kind="secondary">
            {t.shell.catalog}
          </LinkButton>
        }
      >
        {t.list.emptyText}
      </EmptyState>
    );
  }
  return (
    <>
      <h2 className="sr-only">{t.list.show}</h2>
      <Tiles products={products.items} dense />
      {child && <RestingPlace />}
      <LoadMore more={products.nextCursor !== null} busy={busy} onMore={() => void more()}>
        {products.items.length > PART ? t.list.end : null}
      </LoadMore>
    </>
  );
}
