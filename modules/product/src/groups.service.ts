import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { auth } from '@um/auth';
import {
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  inTx,
  money,
  newId,
  record,
  Uses,
  type Client,
  type Ctx,
  type Db,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import {
  priceErrors,
  productErrors,
  type GroupMember,
  type GroupPages,
  type ListPrice,
  type NewGroup,
  type NewListPrices,
  type NewPriceList,
  type PriceGroup,
  type PriceListView,
} from './contract.js';
import * as q from './group.queries.js';
import { tagOf } from './price.rules.js';
import { variantLabel } from './product.rules.js';
import type { ProductSchema } from './product.schema.js';

type Pages = z.output<typeof GroupPages>;

/** Groups of accounts and the prices they are granted, as the admin keeps them. */
@Injectable()
export class GroupsService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(auth) private readonly accounts: Client<typeof auth>,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  async list(_ctx: Ctx): Promise<{ items: PriceGroup[] }> {
    const rows = await q.listGroups(this.db);
    return { items: rows.map(({ id, slug, name, members, lists }) => ({ id, slug, name, members, lists })) };
  }

  /** Opens a group. Raises `product.GROUP_EXISTS`. */
  async open(ctx: Ctx, { slug, name }: NewGroup): Promise<PriceGroup> {
    const id = newId(ctx.now);
    await inTx(this.db, async (tx) => {
      if (!(await q.insertGroup(tx, { id, slug, name, now: ctx.now }))) throw priceErrors.GROUP_EXISTS();
      await audit(tx, ctx, 'group-opened', `price-group:${id}`, { slug });
    });
    return { id, slug, name, members: 0, lists: 0 };
  }

  /** Accounts of a group. Raises `product.NO_GROUP`. */
  async members(ctx: Ctx, groupId: string, { cursor, limit }: Pages): Promise<Page<GroupMember>> {
    await this.#group(groupId);
    const scope = `group:${groupId}`;
    const after = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await q.listMembers(this.db, groupId, after, limit + 1);
    const shown = rows.slice(0, limit);
    const people = await Promise.all(shown.map((row) => this.accounts.account(ctx, { id: row.account_id })));
    const items = shown.map((row, place) => ({
      accountId: row.account_id,
      name: people[place]?.name ?? '',
      email: people[place]?.email ?? null,
      addedAt: row.added_at.toISOString(),
    }));
    const nextCursor = rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.accountId]) : null;
    return { items, nextCursor };
  }

  /** Puts an adult's account into a group; once is enough. Raises `product.NO_GROUP` and `product.NO_ACCOUNT`. */
  async addMember(ctx: Ctx, groupId: string, email: string): Promise<GroupMember> {
    await this.#group(groupId);
    const account = await this.accounts.accountByEmail(ctx, { email });
    if (account?.kind !== 'adult') throw priceErrors.NO_ACCOUNT();
    await inTx(this.db, async (tx) => {
      await q.addMember(tx, groupId, account.id, ctx.actor, ctx.now);
      await audit(tx, ctx, 'group-member-added', `price-group:${groupId}`, { account: account.id });
    });
    return { accountId: account.id, name: account.name, email: account.email, addedAt: ctx.now.toISOString() };
  }

  /** Takes an account out of a group: from now on it pays what everybody pays. Raises `product.NO_ACCOUNT`. */
  async dropMember(ctx: Ctx, groupId: string, accountId: string): Promise<void> {
    await inTx(this.db, async (tx) => {
      if (!(await q.dropMember(tx, groupId, accountId))) throw priceErrors.NO_ACCOUNT();
      await audit(tx, ctx, 'group-member-dropped', `price-group:${groupId}`, { account: accountId });
    });
  }

  async lists(ctx: Ctx, groupId: string): Promise<{ items: PriceListView[] }> {
    await this.#group(groupId);
    return { items: (await q.listsOf(this.db, groupId)).map((row) => listView(row, ctx.now)) };
  }

  /** Opens a price list of a group. Raises `product.NO_GROUP` and `product.BAD_PERIOD`. */
  async openList(ctx: Ctx, groupId: string, list: NewPriceList): Promise<PriceListView> {
    await this.#group(groupId);
    const from = list.startsAt === undefined ? ctx.now : new Date(list.startsAt);
    const until = list.endsAt === undefined ? null : new Date(list.endsAt);
    if (until && until <= (from > ctx.now ? from : ctx.now)) throw priceErrors.BAD_PERIOD();
    const id = newId(ctx.now);
    await inTx(this.db, async (tx) => {
      await q.insertList(tx, { id, groupId, name: list.name, from, until, now: ctx.now });
      await audit(tx, ctx, 'price-list-opened', `price-list:${id}`, { group: groupId });
    });
    const row = { id, group_id: groupId, name: list.name, starts_at: from, ends_at: until, created_at: ctx.now };
    return listView({ ...row, prices: 0 }, ctx.now);
  }

  /** Ends a price list now. Raises `product.NO_LIST` when it is over already, or there is none. */
  async endList(ctx: Ctx, id: string): Promise<void> {
    await inTx(this.db, async (tx) => {
      if (!(await q.endList(tx, id, ctx.now))) throw priceErrors.NO_LIST();
      await audit(tx, ctx, 'price-list-ended', `price-list:${id}`, {});
    });
  }

  /** Prices of a list, beside what everybody pays now. Raises `product.NO_LIST`. */
  async prices(ctx: Ctx, listId: string, { cursor, limit }: Pages): Promise<Page<ListPrice>> {
    await this.#list(listId);
    const scope = `price-list:${listId}`;
    const rows = await q.pricesOf(this.db, listId, decodeCursor(this.secret, scope, cursor), limit + 1);
    const items = rows.slice(0, limit).map((row) => listPriceView(row, ctx.now));
    const last = items.at(-1);
    const nextCursor = rows.length > limit ? encodeCursor(this.secret, scope, [last!.variantId, last!.minQty]) : null;
    return { items, nextCursor };
  }

  /** Sets prices of a list, all or none; null takes one out. Raises `product.NO_LIST` and `product.NOT_FOUND`. */
  async setPrices(ctx: Ctx, listId: string, { prices }: NewListPrices): Promise<void> {
    await this.#list(listId);
    const ids = [...new Set(prices.map((price) => price.variantId))];
    const set = new Map<string, (typeof prices)[number]>();
    for (const price of prices) set.set(`${price.variantId} ${price.minQty}`, price);
    const all = [...set.values()];
    const kept = all.flatMap((p) => (p.priceTiyin === null ? [] : [{ ...p, priceTiyin: p.priceTiyin }]));
    const gone = all.filter((p) => p.priceTiyin === null);
    await inTx(this.db, async (tx) => {
      if ((await q.knownVariants(tx, ids)).size !== ids.length) throw productErrors.NOT_FOUND();
      if (kept.length > 0) await q.putListPrices(tx, listId, kept);
      if (gone.length > 0) await q.dropListPrices(tx, listId, gone);
      const said = all.map((p) => `${p.variantId}x${p.minQty}:${p.priceTiyin}`).join(' ');
      await audit(tx, ctx, 'list-priced', `price-list:${listId}`, { prices: said });
    });
  }

  async #group(id: string): Promise<void> {
    if (!(await q.groupById(this.db, id))) throw priceErrors.NO_GROUP();
  }

  async #list(id: string): Promise<void> {
    if (!(await q.listById(this.db, id))) throw priceErrors.NO_LIST();
  }
}

const audit = (tx: Tx<ProductSchema>, ctx: Ctx, verb: string, subject: string, detail: Record<string, string>) =>
  record(tx, ctx, auditRecorded, auditEntry(ctx, { action: `product.${verb}`, subject, detail }));

const listView = (row: q.CountedList, now: Date): PriceListView => ({
  id: row.id,
  groupId: row.group_id,
  name: row.name,
  state: row.ends_at && row.ends_at <= now ? 'ended' : row.starts_at > now ? 'planned' : 'running',
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at?.toISOString() ?? null,
  prices: row.prices,
});

const listPriceView = (row: q.ListedPrice, now: Date): ListPrice => ({
  variantId: row.variantId,
  minQty: row.minQty,
  price: money(row.listPrice),
  publicPrice: money(tagOf(row, now).price),
  title: row.title,
  label: variantLabel(row.options, row.chosen),
  sku: row.sku,
  storeName: row.storeName,
});
