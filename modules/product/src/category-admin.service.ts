import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { record, type Ctx, type Db, type Tx } from '@um/kernel';
import { CategoriesService } from './categories.service.js';
import { allCategories } from './category.queries.js';
import type { AdminCategory, CategoryBody, CategoryChange } from './category-view.js';
import { catalogErrors, productErrors } from './contract.js';
import type { ProductSchema } from './product.schema.js';

/** The category tree as admins shape it: a change is a few rows, the products below follow in the background. */
@Injectable()
export class CategoryAdminService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(CategoriesService) private readonly tree: CategoriesService,
  ) {}

  /** The whole tree in all languages, parents before their children. */
  async list(): Promise<AdminCategory[]> {
    const depth = new Map<string, number>();
    return (await allCategories(this.db)).map((category) => {
      const own = category.parentId === null ? 0 : (depth.get(category.parentId) ?? 0) + 1;
      depth.set(category.id, own);
      return { ...category, depth: own };
    });
  }

  /** Adds a category. Raises `product.CATEGORY_TAKEN` and `product.BAD_CATEGORY_TREE`. */
  async create(ctx: Ctx, category: CategoryBody): Promise<AdminCategory> {
    await this.tree.reshape(ctx, async (tx, known) => {
      if (known.some(({ id }) => id === category.id) || (await this.tree.wasMerged(tx, category.id)))
        throw catalogErrors.CATEGORY_TAKEN();
      return { given: [category], done: audit(ctx, 'added', category.id, { parent: category.parentId }) };
    });
    return this.#one(category.id);
  }

  /** Renames or moves a category; its branch goes with it. Raises `product.NO_CATEGORY` and `product.BAD_CATEGORY_TREE`. */
  async update(ctx: Ctx, id: string, change: CategoryChange): Promise<AdminCategory> {
    await this.tree.reshape(ctx, async (_tx, known) => {
      const before = known.find((category) => category.id === id);
      if (!before) throw productErrors.NO_CATEGORY();
      const { name = before.name, icon = before.icon, position = before.position } = change;
      const parentId = change.parentId === undefined ? before.parentId : change.parentId;
      return {
        given: [{ id, parentId, name, icon, position }],
        done: audit(ctx, 'changed', id, { from: before.parentId, to: parentId }),
      };
    });
    return this.#one(id);
  }

  /** Merges a category into another: its products and the categories right below it go there, its address leads there. Raises `product.BAD_CATEGORY_TREE` for one of its own branch. */
  async merge(ctx: Ctx, id: string, into: string): Promise<AdminCategory> {
    await this.tree.reshape(ctx, async (_tx, known) => {
      if (![id, into].every((one) => known.some((category) => category.id === one))) throw productErrors.NO_CATEGORY();
      return { given: [], merge: { id, into }, done: audit(ctx, 'merged', id, { into }) };
    });
    return this.#one(into);
  }

  async #one(id: string): Promise<AdminCategory> {
    return (await this.list()).find((category) => category.id === id)!;
  }
}

/** Writes to the audit log what was done to a category, in the transaction that does it. */
const audit =
  (ctx: Ctx, done: string, id: string, detail: Record<string, string | null>) =>
  (tx: Tx<ProductSchema>): Promise<void> =>
    record(
      tx,
      ctx,
      auditRecorded,
      auditEntry(ctx, { action: `product.category-${done}`, subject: `category:${id}`, detail }),
    );
