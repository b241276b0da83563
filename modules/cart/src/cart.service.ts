import { Inject, Injectable } from '@nestjs/common';
import { adultViewer, family, guestViewer, type Viewer } from '@um/family';
import { inventory } from '@um/inventory';
import { inTx, newId, sqlState, Uses, type Client, type Ctx, type Db, type Handlers } from '@um/kernel';
import { product, unitPrice } from '@um/product';
import type { z } from 'zod';
import * as q from './cart.queries.js';
import { cartView, freeUnits, mergeLines, offered, problemOf, type Line, type Shelf } from './cart.rules.js';
import type { CartSchema } from './cart.schema.js';
import {
  cartErrors,
  MAX_LINES,
  MAX_QTY,
  type AddItem,
  type cart,
  type CartSnapshot,
  type CartView,
} from './contract.js';

const NO_CART: q.StoredCart = { cartId: '', lines: [] };
/** What the line trigger raises when a cart is full. */
const LIMIT_EXCEEDED = '54000';

/** Whose cart a request means: a person's own, or the guest's behind the signed token; undefined for a guest without one. */
const ownerOf = (ctx: Ctx): string | undefined => ctx.child?.id ?? ctx.actor ?? ctx.guest;

/** Carts: filled by anybody, read at today's prices and through the eyes of whoever looks. */
@Injectable()
export class CartService implements Handlers<typeof cart> {
  constructor(
    @Inject('cart.db') private readonly db: Db<CartSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Uses(product) private readonly products: Client<typeof product>,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
  ) {}

  /** The cart as its owner sees it now. */
  async view(ctx: Ctx): Promise<CartView> {
    const stored = await this.#stored(ctx);
    return this.#show(ctx, stored, await this.#shelf(ctx, stored.lines));
  }

  /** Opens an empty cart for somebody who has none. */
  async open(ctx: Ctx): Promise<CartView> {
    const owner = ownerOf(ctx);
    if (owner !== undefined)
      await q.openCart(this.db, { id: newId(ctx.now), owner, guest: ctx.actor === null, now: ctx.now });
    return this.view(ctx);
  }

  /** Adds units. A product this person may not see is answered as if it did not exist. */
  async addItem(ctx: Ctx, item: z.output<typeof AddItem>): Promise<CartView> {
    const owner = ownerOf(ctx);
    if (owner === undefined) throw cartErrors.NO_PRODUCT();
    const stored = await this.#stored(ctx);
    const existing = stored.lines.find((line) => line.variantId === item.variantId);
    const shelf = await this.#shelf(ctx, [...stored.lines, item]);
    const variant = offered(shelf, item.variantId);
    if (!variant) throw cartErrors.NO_PRODUCT();
    const wanted = (existing?.qty ?? 0) + item.qty;
    this.#requireStock(shelf, item.variantId, wanted);
    if (wanted > MAX_QTY || (!existing && stored.lines.length >= MAX_LINES)) throw cartErrors.FULL();
    const put = await this.#put(ctx, owner, { variantId: item.variantId, qty: item.qty, price: unitPrice(variant, 1) });
    const lines = existing
      ? stored.lines.map((line) => (line.id === put.line.id ? put.line : line))
      : [...stored.lines, put.line];
    return this.#show(ctx, { cartId: put.cartId, lines }, shelf);
  }

  /** Sets the quantity of a line. */
  async setQty(ctx: Ctx, lineId: string, qty: number): Promise<CartView> {
    const stored = await this.#stored(ctx);
    const line = stored.lines.find((l) => l.id === lineId);
    if (!line) throw cartErrors.NO_LINE();
    const shelf = await this.#shelf(ctx, stored.lines);
    if (qty > line.qty) this.#requireStock(shelf, line.variantId, qty);
    if (!(await q.setQty(this.db, ownerOf(ctx)!, lineId, qty, ctx.now))) throw cartErrors.NO_LINE();
    return this.#show(ctx, { ...stored, lines: stored.lines.map((l) => (l.id === lineId ? { ...l, qty } : l)) }, shelf);
  }

  /** Takes a line out. */
  async removeItem(ctx: Ctx, lineId: string): Promise<CartView> {
    const owner = ownerOf(ctx);
    if (owner === undefined || !(await q.dropLine(this.db, owner, lineId, ctx.now))) throw cartErrors.NO_LINE();
    return this.view(ctx);
  }

  /** Empties the cart. */
  async clear(ctx: Ctx): Promise<CartView> {
    const owner = ownerOf(ctx);
    if (owner !== undefined) await q.dropLines(this.db, owner);
    return this.view(ctx);
  }

  async snapshot(ctx: Ctx): Promise<CartSnapshot> {
    const stored = await this.#stored(ctx);
    if (stored.lines.length === 0) throw cartErrors.EMPTY();
    const shelf = await this.#shelf(ctx, stored.lines);
    const problems = stored.lines
      .map((line) => ({ variantId: line.variantId, problem: problemOf(shelf, line) }))
      .filter((line) => line.problem !== null);
    if (problems.length > 0) throw cartErrors.NOT_ORDERABLE({ lines: problems });
    const lines = stored.lines.map((line) => {
      const variant = shelf.variants.get(line.variantId)!;
      return { qty: line.qty, variant, facts: variant.facts, available: freeUnits(shelf, line.variantId) };
    });
    return { cartId: stored.cartId, lines };
  }

  async take(ctx: Ctx, input: { key: string; cartId: string; lines: { variantId: string; qty: number }[] }) {
    await q.takeUnits(this.db, { ...input, now: ctx.now });
    return {};
  }

  /** Moves what a guest put together into the person's cart; the guest's cart is gone afterwards, so it happens once. */
  async merge(ctx: Ctx, { guest, accountId }: { guest: string; accountId: string }) {
    await inTx(this.db, async (tx) => {
      const left = await q.takeGuestCart(tx, guest);
      if (!left || left.lines.length === 0) return;
      await q.openCart(tx, { id: newId(ctx.now), owner: accountId, guest: false, now: ctx.now });
      await q.lockCart(tx, accountId);
      const mine = await q.findCart(tx, accountId);
      const lines = mergeLines(mine!.lines, left.lines);
      if (lines.length > 0) await q.putLines(tx, mine!.cartId, lines, ctx.now);
    });
    return {};
  }

  async #stored(ctx: Ctx): Promise<q.StoredCart> {
    const owner = ownerOf(ctx);
    return (owner === undefined ? null : await q.findCart(this.db, owner)) ?? NO_CART;
  }

  async #viewer(ctx: Ctx): Promise<Viewer> {
    if (ctx.child) return this.families.viewerOf(ctx, { childId: ctx.child.id });
    return ctx.actor === null ? guestViewer : adultViewer;
  }

  async #shelf(ctx: Ctx, lines: readonly { variantId: string }[]): Promise<Shelf> {
    const ids = [...new Set(lines.map((line) => line.variantId))];
    if (ids.length === 0) return { viewer: guestViewer, variants: new Map(), available: new Map() };
    const [viewer, variants, available] = await Promise.all([
      this.#viewer(ctx),
      this.products.variants(ctx, { ids }),
      this.stock.availability(ctx, { variantIds: ids }),
    ]);
    return {
      viewer,
      variants: new Map(variants.map((v) => [v.variantId, v])),
      available: new Map(available.map((a) => [a.variantId, a.available])),
    };
  }

  #requireStock(shelf: Shelf, variantId: string, wanted: number): void {
    const available = freeUnits(shelf, variantId);
    if (wanted <= available) return;
    throw shelf.variants.get(variantId)?.digital ? cartErrors.ONE_COPY() : cartErrors.NOT_ENOUGH({ available });
  }

  async #put(
    ctx: Ctx,
    owner: string,
    line: Pick<Line, 'variantId' | 'qty' | 'price'>,
  ): Promise<{ cartId: string; line: Line }> {
    try {
      return await q.putLine(this.db, {
        ...line,
        owner,
        guest: ctx.actor === null,
        cartId: newId(ctx.now),
        lineId: newId(ctx.now),
        now: ctx.now,
      });
    } catch (error) {
      throw sqlState(error) === LIMIT_EXCEEDED ? cartErrors.FULL() : error;
    }
  }

  #show(ctx: Ctx, stored: q.StoredCart, shelf: Shelf): CartView {
    return cartView(shelf, stored.cartId || null, stored.lines, ctx.locale);
  }
}
