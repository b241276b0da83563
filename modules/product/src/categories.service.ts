import { Cache, inTx, record, textFor, type Area, type Ctx, type Db, type Locale } from '@um/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { allCategories, categoryRows, lockTree, putCategories } from './category.queries.js';
import { placed, type GivenCategory } from './category.rules.js';
import { categoriesChanged, productErrors, type CategoryView } from './contract.js';
import type { ProductSchema } from './product.schema.js';

export interface CategoryTree {
  readonly items: z.input<typeof CategoryView>[];
}

/** How long the tree is kept when no category changes, and how long an old one may stand in for it, in ms. */
const KEPT_MS = 10 * 60_000;
const GRACE_MS = 60 * 60_000;

/** The category tree: the same for everybody, in the reader's language. */
@Injectable()
export class CategoriesService {
  readonly #trees: Area;

  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
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

  /** Adds categories and updates those that are there. A branch that hangs nowhere changes nothing: `product.BAD_CATEGORY_TREE`. */
  async put(ctx: Ctx, given: readonly GivenCategory[]): Promise<{ count: number }> {
    await inTx(this.db, async (tx) => {
      await lockTree(tx);
      const ids = new Set(given.map((category) => category.id));
      const tree = placed([...(await allCategories(tx)).filter((category) => !ids.has(category.id)), ...given]);
      if (!tree || ids.size !== given.length) throw productErrors.BAD_CATEGORY_TREE();
      const changed = await putCategories(tx, tree);
      await record(tx, ctx, categoriesChanged, { ids: changed });
    });
    await this.cache.invalidateTags(['categories']);
    return { count: given.length };
  }
}
