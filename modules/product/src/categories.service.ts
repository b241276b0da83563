import { family } from '@um/family';
import {
  Cache,
  enqueue,
  inTx,
  record,
  textFor,
  Uses,
  type Area,
  type Client,
  type Ctx,
  type Db,
  type Locale,
  type Tx,
} from '@um/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { formerly, rememberMerge } from './address.queries.js';
import {
  allCategories,
  categoryRows,
  lockTree,
  mergeCategory,
  mergedCategories,
  putCategories,
} from './category.queries.js';
import { allAmong, reshaped, topmost, type Follower, type GivenCategory, type Reshaping } from './category.rules.js';
import { categoriesChanged, catalogErrors, productErrors, type CategoryView } from './contract.js';
import type { ProductSchema } from './product.schema.js';
import { hideFollowers, mergeProducts, retell } from './retell.job.js';
import { beginWork } from './retell.queries.js';

export interface CategoryTree {
  readonly items: z.input<typeof CategoryView>[];
}

/** A change of the tree, and what is written with it. */
export interface TreeChange extends Reshaping {
  readonly done?: (tx: Tx<ProductSchema>) => Promise<void>;
}

/** How often a change is planned anew because the tree changed meanwhile. */
const TRIES = 4;
/** How long the tree is kept when no category changes, and how long an old one may stand in for it, in ms. */
const KEPT_MS = 10 * 60_000;
const GRACE_MS = 60 * 60_000;

/** The category tree: the same for everybody, in the reader's language. */
@Injectable()
export class CategoriesService {
  readonly #trees: Area;

  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Inject(Cache) private readonly cache: Cache,
  ) {
    this.#trees = cache.area('categories');
  }

  /** The tree in the reader's language, parents first. */
  async list({ locale }: Pick<Ctx, 'locale'>): Promise<CategoryTree> {
    return this.#trees.getOrSet(locale, { ttl: KEPT_MS, grace: GRACE_MS, tags: ['categories'] }, () =>
      this.#read(locale),
    );
  }

  async #read(locale: Locale): Promise<CategoryTree> {
    const rows = await categoryRows(this.db);
    return { items: rows.map((row) => ({ ...row, name: textFor(row.name, locale) })) };
  }

  /** One category, or the one that it was merged into. Raises `product.CATEGORY_NOT_FOUND`. */
  async one(ctx: Ctx, id: string): Promise<z.input<typeof CategoryView>> {
    const rows = await categoryRows(this.db);
    const find = (asked: string) => rows.find((row) => row.id === asked);
    const row = find(id) ?? find((await formerly(this.db, 'category', id)) ?? '');
    if (!row) throw catalogErrors.CATEGORY_NOT_FOUND();
    return { ...row, name: textFor(row.name, ctx.locale) };
  }

  /**
   * Adds categories and updates those that are there; one that was merged stays so. A branch that hangs nowhere changes nothing:
   * `product.BAD_CATEGORY_TREE`.
   */
  async put(ctx: Ctx, given: readonly GivenCategory[]): Promise<{ count: number }> {
    await this.reshape(ctx, async (tx) => {
      const merged = await mergedCategories(tx);
      const now = (id: string | null): string | null => (id === null ? null : (merged.get(id) ?? id));
      return {
        given: given
          .filter(({ id }) => !merged.has(id))
          .map((category) => ({ ...category, parentId: now(category.parentId) })),
      };
    });
    return { count: given.length };
  }

  /**
   * Changes the tree as `plan` says, alone with it; the products below follow in the background. Before a category stands
   * elsewhere, it is hidden from every child from whom its old place was hidden: the families are asked outside of the transaction,
   * and then the change is planned anew. Raises `product.BAD_CATEGORY_TREE`, `product.TREE_BUSY`.
   */
  async reshape(
    ctx: Ctx,
    plan: (tx: Tx<ProductSchema>, known: readonly GivenCategory[]) => Promise<TreeChange>,
  ): Promise<void> {
    let hidden: readonly Follower[] = [];
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const wanted = await inTx(this.db, (tx) => this.#write(tx, ctx, plan, hidden));
      if (!wanted) return this.cache.invalidateTags(['categories']);
      await this.hide(ctx, wanted);
      hidden = wanted;
    }
    throw catalogErrors.TREE_BUSY();
  }

  /** Hides from children what follows a category that is hidden from them. */
  async hide(ctx: Ctx, followers: readonly Follower[]): Promise<void> {
    await this.families.hideFollowers(ctx, { followers: mutable(followers) });
  }

  /** Writes a change; writes nothing and answers what has to be hidden first, if that is more than what is. */
  async #write(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    plan: (tx: Tx<ProductSchema>, known: readonly GivenCategory[]) => Promise<TreeChange>,
    hidden: readonly Follower[],
  ): Promise<readonly Follower[] | null> {
    await lockTree(tx);
    const known = await allCategories(tx);
    const change = await plan(tx, known);
    const next = reshaped(known, change);
    if (!next) throw productErrors.BAD_CATEGORY_TREE();
    if (!allAmong(next.followers, hidden)) return next.followers;
    const changed = await putCategories(tx, next.tree);
    if (change.merge) await this.#merge(tx, ctx, change.merge);
    await record(tx, ctx, categoriesChanged, { ids: [...changed, ...(change.merge ? [change.merge.id] : [])] });
    if (changed.length > 0) {
      const work = await beginWork(tx, ctx, { categories: changed }, topmost(changed, next.tree));
      await enqueue(tx, ctx, retell, { categories: changed, work });
    }
    if (next.followers.length > 0) await enqueue(tx, ctx, hideFollowers, { followers: mutable(next.followers) });
    await change.done?.(tx);
    return null;
  }

  async #merge(tx: Tx<ProductSchema>, ctx: Ctx, { id, into }: { id: string; into: string }): Promise<void> {
    await mergeCategory(tx, id, into);
    await rememberMerge(tx, id, into, ctx.now);
    const work = await beginWork(tx, ctx, { category: id }, into);
    await enqueue(tx, ctx, mergeProducts, { what: 'category', from: id, into, work });
  }

  /** True for an id that a merged category had. */
  async wasMerged(tx: Tx<ProductSchema>, id: string): Promise<boolean> {
    return (await formerly(tx, 'category', id)) !== undefined;
  }
}

const mutable = (followers: readonly Follower[]) => followers.map(({ of, id }) => ({ of: [...of], id }));
