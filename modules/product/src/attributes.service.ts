import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { Cache, inTx, record, type Ctx, type Db, type Tx } from '@um/kernel';
import type { AdminAttribute, AskedAttribute, AttributeDefinition } from './attribute-view.js';
import * as q from './attribute.queries.js';
import { askedOn, definitionFault } from './attribute.rules.js';
import { mergedCategories } from './category.queries.js';
import { attributesChanged, productErrors } from './contract.js';
import type { Places } from './line.rules.js';
import type { ProductSchema } from './product.schema.js';

/** What one category asks for by itself. */
interface CategoryAsks {
  readonly categoryId: string;
  readonly attributes: readonly { code: string; required: boolean }[];
}

/** What products are described by, category by category. */
@Injectable()
export class AttributesService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(Cache) private readonly cache: Cache,
  ) {}

  definitions(): Promise<AttributeDefinition[]> {
    return q.allAttributes(this.db);
  }

  /** Where products may stand, and what each place asks of them: everything that reading a product has to know. */
  async places(): Promise<Places> {
    const [paths, merged, asks, all] = await Promise.all([
      q.categoryPaths(this.db),
      mergedCategories(this.db),
      q.allAsks(this.db),
      q.allAttributes(this.db),
    ]);
    const attributes = new Map(all.map((attribute) => [attribute.code, attribute]));
    const known = new Map<string, ReturnType<typeof askedOn>>();
    return {
      now: (id) => (paths.has(id) ? id : merged.get(id)),
      askedIn: (id) => {
        const found = known.get(id) ?? askedOn(paths.get(id) ?? [], asks, attributes);
        known.set(id, found);
        return found;
      },
    };
  }

  /** What a category asks of its products, with what those above it ask. Raises `product.NO_CATEGORY`. */
  async askedIn(categoryId: string): Promise<AskedAttribute[]> {
    const places = await this.places();
    const now = places.now(categoryId);
    if (now === undefined) throw productErrors.NO_CATEGORY();
    return places.askedIn(now).map(({ position: _position, ...asked }) => asked);
  }

  /** Every attribute with the categories that ask for it. */
  async list(): Promise<AdminAttribute[]> {
    const [all, asks] = await Promise.all([q.allAttributes(this.db), q.allAsks(this.db)]);
    return all.map((attribute) => ({
      ...attribute,
      categories: asks.filter(({ code }) => code === attribute.code).map(({ code: _code, ...ask }) => ask),
    }));
  }

  /** Adds attributes, replaces those that are there, and says what categories ask for. Raises `product.BAD_ATTRIBUTE`, `product.NO_CATEGORY`. */
  async put(
    ctx: Ctx,
    { attributes, categories }: { attributes: readonly AttributeDefinition[]; categories: readonly CategoryAsks[] },
  ): Promise<{ count: number }> {
    await inTx(this.db, async (tx) => {
      await q.lockAttributes(tx);
      await this.#define(tx, ctx, attributes);
      for (const asks of categories) await this.#ask(tx, asks);
    });
    await this.cache.invalidateTags(['products', 'attributes']);
    return { count: attributes.length };
  }

  /** Defines one attribute, as an admin does. */
  async define(ctx: Ctx, attribute: AttributeDefinition): Promise<AttributeDefinition> {
    await inTx(this.db, async (tx) => {
      await q.lockAttributes(tx);
      await this.#define(tx, ctx, [attribute]);
      await this.#audit(tx, ctx, 'product.attribute-defined', `attribute:${attribute.code}`, { type: attribute.type });
    });
    await this.cache.invalidateTags(['products', 'attributes']);
    return attribute;
  }

  /** Says what a category asks for by itself, as an admin does; answers all that it asks for then. */
  async ask(ctx: Ctx, asks: CategoryAsks): Promise<AskedAttribute[]> {
    await inTx(this.db, async (tx) => {
      await q.lockAttributes(tx);
      await this.#ask(tx, asks);
      const detail = { attributes: asks.attributes.map(({ code }) => code).join() };
      await this.#audit(tx, ctx, 'product.category-attributes', `category:${asks.categoryId}`, detail);
      await record(tx, ctx, attributesChanged, { items: [] });
    });
    await this.cache.invalidateTags(['attributes']);
    return this.askedIn(asks.categoryId);
  }

  async #define(tx: Tx<ProductSchema>, ctx: Ctx, attributes: readonly AttributeDefinition[]): Promise<void> {
    const known = new Map((await q.allAttributes(tx)).map((attribute) => [attribute.code, attribute]));
    for (const attribute of attributes) {
      const fault = definitionFault(attribute, known.get(attribute.code));
      if (fault) throw productErrors.BAD_DEFINITION({ attribute: attribute.code, fault });
    }
    if (attributes.length === 0) return;
    await q.putAttributes(tx, attributes);
    await record(tx, ctx, attributesChanged, { items: [...attributes] });
  }

  async #ask(tx: Tx<ProductSchema>, { categoryId, attributes }: CategoryAsks): Promise<void> {
    if (!(await q.categoryPaths(tx)).has(categoryId)) throw productErrors.NO_CATEGORY();
    const known = new Set((await q.allAttributes(tx)).map(({ code }) => code));
    const unknown = attributes.find(({ code }) => !known.has(code));
    if (unknown) throw productErrors.NO_ATTRIBUTE({ attribute: unknown.code });
    if (new Set(attributes.map(({ code }) => code)).size !== attributes.length)
      throw productErrors.BAD_DEFINITION({ fault: 'twice' });
    await q.putAsks(tx, categoryId, attributes);
  }

  #audit(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    action: string,
    subject: string,
    detail: Record<string, string>,
  ): Promise<void> {
    return record(tx, ctx, auditRecorded, auditEntry(ctx, { action, subject, detail }));
  }
}
