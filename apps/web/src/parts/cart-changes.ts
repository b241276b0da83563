import type { CartView } from '@um/cart';
import { useState } from 'react';
import { useApp } from '../state/app.js';
import { showCart } from '../state/cart.js';
import { useWork } from './form.js';

type Line = CartView['lines'][number];

export interface CartChanges {
  /** The line that is being changed now. */
  readonly busy: string | null;
  readonly change: (line: Line, qty: number) => void;
  readonly remove: (line: Line) => void;
}

/** Changes lines of the cart and hands on the cart as it is afterwards. */
export function useCartChanges(onChanged: (cart: CartView) => void): CartChanges {
  const { api, cartCount } = useApp();
  const { run } = useWork({ toast: true });
  const [busy, setBusy] = useState<string | null>(null);
  const act = async (line: Line, work: () => Promise<CartView>): Promise<void> => {
    setBusy(line.id);
    await run(async () => {
      const cart = await work();
      showCart(cartCount, cart);
      onChanged(cart);
    });
    setBusy(null);
  };
  return {
    busy,
    change: (line, qty) =>
      void act(line, () => api.send<CartView>('PATCH', `/carts/current/items/${line.id}`, { qty })),
    remove: (line) => void act(line, () => api.send<CartView>('DELETE', `/carts/current/items/${line.id}`)),
  };
}
