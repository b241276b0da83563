import type { CartView } from '@um/cart';
import type { Api } from '../api/api.js';
import type { Store } from './store.js';

const HINT = 'um.cart';

/** Shows how many things are in the cart. A guest who never put anything in is not asked about. */
export function watchCart(api: Api, count: Store<number>, signedIn: boolean): void {
  if (!signedIn && !localStorage.getItem(HINT)) return;
  // The figure is a convenience: without it the cart itself still tells.
  api.get<CartView>('/carts/current').then(
    (cart) => showCart(count, cart),
    () => undefined,
  );
}

/** Takes over the figure of a cart that was just read or changed. */
export function showCart(count: Store<number>, cart: Pick<CartView, 'count'>): void {
  count.set(cart.count);
  if (cart.count > 0) localStorage.setItem(HINT, '1');
  else localStorage.removeItem(HINT);
}
