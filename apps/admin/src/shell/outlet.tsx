import { EmptyState, IconSearch } from '@um/ui';
import { lazy, type ComponentType, type ReactElement } from 'react';
import { useT } from '../state/language.js';
import { usePlace } from '../state/router.js';
import { isIn, type Section } from './sections.js';

const pages: Readonly<Record<string, ComponentType>> = {
  '/orders': lazy(() => import('../pages/orders.js')),
  '/stock': lazy(() => import('../pages/stock.js')),
  '/users': lazy(() => import('../pages/users.js')),
  '/stores': lazy(() => import('../pages/stores.js')),
  '/audit': lazy(() => import('../pages/audit.js')),
  '/settings': lazy(() => import('../pages/settings.js')),
};
const Order = lazy(() => import('../pages/order.js'));
const Notices = lazy(() => import('../pages/notices.js'));

/** The page at the present place, when the person's roles lead there. */
export function Outlet({ sections }: { sections: readonly Section[] }): ReactElement | null {
  const { path } = usePlace();
  if (path === '/') return null;
  if (path === '/notices') return <Notices />;
  const section = sections.find((candidate) => isIn(path, candidate));
  const rest = section ? path.slice(section.path.length + 1) : '';
  if (section?.path === '/orders' && rest) return <Order key={rest} id={rest} />;
  const Page = section && !rest ? pages[section.path] : undefined;
  return Page ? <Page /> : <NotFound />;
}

function NotFound(): ReactElement {
  const t = useT();
  return (
    <EmptyState level={1} icon={IconSearch} title={t.notFound}>
      {t.notFoundText}
    </EmptyState>
  );
}
