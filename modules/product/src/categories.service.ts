import { Cache, inTx, record, textFor, type Ctx, type Db } from '@um/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { allCategories, categoryRows, lockTree, putCategories } from './category.queries.js';
import { placed, type GivenCategory } from './category.rules.js';
import { categoriesChanged, productErrors, type CategoryView } from './contract.js';
import type { ProductSchema } from './product.schema.js';

/** The category tree. */
@Injectable()
export class CategoriesService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(Cache) private readonly cache: Cache,
  ) {}

  /** The tree in the reader's language, parents first. */
  async list(ctx: Ctx): Promise<{ items: z.input<typeof CategoryView>[] }> {
    const rows = await categoryRows(this.db);
    return { items: rows.map((row) => ({ ...row, name: textFor(row.name, ctx.locale) })) };
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
