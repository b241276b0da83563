import { EmptyState, IconSearch } from '@um/ui';
import { lazy, type ComponentType, type ReactElement } from 'react';
import { useT } from '../state/language.js';
import { usePlace } from '../state/router.js';
import { isIn, type Section } from './sections.js';

/** A page whose code is fetched when it is first shown. */
const page = <P extends object>(load: () => Promise<ComponentType<P>>) => lazy(async () => ({ default: await load() }));

/** The list of each section. */
const lists: Readonly<Record<string, ComponentType>> = {
  '/orders': page(async () => (await import('../pages/orders.js')).Orders),
  '/products': page(async () => (await import('../pages/products.js')).Products),
  '/sales': page(async () => (await import('../pages/sales.js')).Sales),
  '/imports': page(async () => (await import('../pages/imports.js')).Imports),
  '/stock': page(async () => (await import('../pages/stock.js')).Stock),
  '/review': page(async () => (await import('../pages/review.js')).Review),
  '/users': page(async () => (await import('../pages/users.js')).Users),
  '/stores': page(async () => (await import('../pages/stores.js')).Stores),
  '/categories': page(async () => (await import('../pages/categories.js')).Categories),
  '/brands': page(async () => (await import('../pages/brands.js')).Brands),
  '/attributes': page(async () => (await import('../pages/attributes.js')).Attributes),
  '/search': page(async () => (await import('../pages/search.js')).Search),
  '/changes': page(async () => (await import('../pages/changes.js')).Changes),
  '/change-queue': page(async () => (await import('../pages/change-queue.js')).ChangeQueue),
  '/groups': page(async () => (await import('../pages/groups.js')).Groups),
  '/audit': page(async () => (await import('../pages/audit.js')).Audit),
  '/cache': page(async () => (await import('../pages/cache.js')).CachePage),
  '/settings': page(async () => (await import('../pages/settings.js')).Settings),
};
/** One thing of a section, by its id. */
const details: Readonly<Record<string, ComponentType<{ id: string }>>> = {
  '/orders': page(async () => (await import('../pages/order.js')).Order),
  '/products': page(async () => (await import('../pages/product-editor.js')).ProductEditor),
  '/sales': page(async () => (await import('../pages/prices.js')).Prices),
  '/groups': page(async () => (await import('../pages/group.js')).Group),
  '/imports': page(async () => (await import('../pages/import.js')).Import),
};
const Notices = page(async () => (await import('../pages/notices.js')).Notices);

/** The page at the present place, when the person's roles lead there. */
export function Outlet({ sections }: { sections: readonly Section[] }): ReactElement | null {
  const { path } = usePlace();
  if (path === '/') return null;
  if (path === '/notices') return <Notices />;
  const section = sections.find((candidate) => isIn(path, candidate));
  if (!section) return <NotFound />;
  const id = path.slice(section.path.length + 1);
  const List = lists[section.path];
  const Detail = details[section.path];
  if (!id && List) return <List />;
  return id && Detail ? <Detail key={id} id={id} /> : <NotFound />;
}

function NotFound(): ReactElement {
  const t = useT();
  return (
    <EmptyState level={1} icon={IconSearch} title={t.notFound}>
      {t.notFoundText}
    </EmptyState>
  );
}
