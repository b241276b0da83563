import { matchPath, type Params } from './match.js';

/** A page's file. The page itself ties its load, head and view together. */
type Import = () => Promise<{ readonly page: unknown }>;

/** Who may open a page. `anyone` pages look the same to every guest and are kept ready; the others are made for one person. */
export type Audience = 'anyone' | 'private' | 'adult' | 'child';

export interface Route {
  readonly pattern: string;
  readonly audience: Audience;
  readonly load: Import;
  /** Source file in the build's manifest, so that the browser can fetch it early. */
  readonly file: string;
}

const route = (pattern: string, audience: Audience, file: string, load: Import): Route => ({
  pattern,
  audience,
  load,
  file: `src/pages/${file}.tsx`,
});

/** All pages that grown-ups and guests see. */
export const routes: readonly Route[] = [
  route('/', 'anyone', 'home', () => import('../pages/home.js')),
  route('/catalog', 'anyone', 'catalog', () => import('../pages/catalog.js')),
  route('/c/:category', 'anyone', 'list', () => import('../pages/list.js')),
  route('/b/:brand', 'anyone', 'list', () => import('../pages/list.js')),
  route('/brands', 'anyone', 'brands', () => import('../pages/brands.js')),
  route('/search', 'anyone', 'list', () => import('../pages/list.js')),
  route('/s/:store', 'anyone', 'list', () => import('../pages/list.js')),
  route('/p/:slug', 'anyone', 'product', () => import('../pages/product.js')),
  route('/safety', 'anyone', 'safety', () => import('../pages/safety.js')),
  route('/offline', 'anyone', 'offline', () => import('../pages/offline.js')),
  route('/sign-in', 'private', 'sign-in', () => import('../pages/sign-in.js')),
  route('/sign-up', 'private', 'sign-up', () => import('../pages/sign-up.js')),
  route('/kids', 'private', 'kids', () => import('../pages/kids.js')),
  route('/cart', 'private', 'cart', () => import('../pages/cart.js')),
  route('/checkout', 'private', 'checkout', () => import('../pages/checkout.js')),
  route('/orders', 'private', 'orders', () => import('../pages/orders.js')),
  route('/orders/:id', 'private', 'order', () => import('../pages/order.js')),
  route('/family', 'adult', 'family', () => import('../pages/family.js')),
  route('/family/new', 'adult', 'child-new', () => import('../pages/child-new.js')),
  route('/family/children/:id', 'adult', 'child', () => import('../pages/child.js')),
  route('/family/approvals', 'adult', 'approvals', () => import('../pages/approvals.js')),
  route('/family/approvals/:id', 'adult', 'approval', () => import('../pages/approval.js')),
  route('/account', 'adult', 'account', () => import('../pages/account.js')),
  route('/notifications', 'private', 'notifications', () => import('../pages/notifications.js')),
];

/** What a child finds at an address; looked up first in a child's session. */
export const childRoutes: readonly Route[] = [
  route('/', 'child', 'child-home', () => import('../pages/child-home.js')),
  route('/cart', 'child', 'picks', () => import('../pages/picks.js')),
  route('/asks', 'child', 'asks', () => import('../pages/asks.js')),
  route('/asks/:id', 'child', 'ask', () => import('../pages/ask.js')),
  route('/family/approvals/:id', 'child', 'ask', () => import('../pages/ask.js')),
  route('/watching', 'child', 'watching', () => import('../pages/watching.js')),
];

/** Pages in a child's dress even before anybody has signed in. */
export const isChildPlace = (path: string): boolean => path === '/kids';

/** Pages of grown-ups that a child may open too. */
const shared = new Set([
  '/catalog',
  '/c/:category',
  '/b/:brand',
  '/brands',
  '/search',
  '/s/:store',
  '/p/:slug',
  '/safety',
  '/offline',
  '/kids',
  '/orders',
  '/orders/:id',
  '/notifications',
]);

/** The route of a path for this kind of viewer; null when there is none (a child does not find grown-ups' pages). */
export function findRoute(path: string, isChild: boolean): { route: Route; params: Params } | null {
  const list = isChild ? [...childRoutes, ...routes.filter((r) => shared.has(r.pattern))] : routes;
  for (const candidate of list) {
    const params = matchPath(candidate.pattern, path);
    if (params) return { route: candidate, params };
  }
  return null;
}
