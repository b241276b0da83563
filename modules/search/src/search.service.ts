import { Inject, Injectable } from '@nestjs/common';
import { visibilityOf, type Viewer } from '@um/family';
import {
  Cache,
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  type Area,
  type Ctx,
  type Db,
  type Handlers,
} from '@um/kernel';
import { searchErrors, type ListFilter, type search } from './contract.js';
import type { ListAsk } from './filter.queries.js';
import { listPage, type ListRow } from './list.queries.js';
import { answerOf, scopeOf, sortOf } from './list.rules.js';
import { boughtTogether } from './pair.queries.js';
import { RebuildService } from './rebuild.service.js';
import type { SearchSchema } from './search.schema.js';
import { related, visibleProducts } from './small.queries.js';
import { FindService } from './find.service.js';
import { ViewerService } from './viewer.service.js';
import { scripted } from './script.rules.js';

const NOTHING = '[]';
/** How long answers are kept when nothing in the shop changes, in ms. */
const KEPT_MS = 60_000;
/** How long one may stand in while the read model is down, in ms. */
const GRACE_MS = 10 * 60_000;

/** The catalog as shoppers see it. Answers are ready JSON: nothing of a list is read on its way out. */
@Injectable()
export class SearchService implements Handlers<typeof search> {
  readonly #lists: Area;

  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Inject(ViewerService) private readonly viewers: ViewerService,
    @Inject(RebuildService) private readonly builder: RebuildService,
    @Inject(FindService) private readonly finder: FindService,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(Cache) cache: Cache,
  ) {
    this.#lists = cache.area('lists');
  }

  /** One page of a list or of a search. */
  async list(ctx: Ctx, filter: ListFilter): Promise<Buffer> {
    const { lang: _lang, ...asked } = filter;
    const viewer = await this.viewers.of(ctx);
    return this.#kept(ctx, viewer, ['list', asked], () => this.#list(ctx, viewer, filter));
  }

  async #list(ctx: Ctx, viewer: Viewer, filter: ListFilter): Promise<Buffer> {
    const after = decodeCursor(this.secret, scopeOf(filter), filter.cursor);
    const ask: ListAsk = { viewer, filter, sort: sortOf(filter), after, locale: ctx.locale };
    if (!filter.q) return this.#answer(filter, await listPage(this.db, ask), null);
    const found = await this.finder.find(ctx, ask, filter.q);
    if (!found) return answerOf({ items: NOTHING, facets: null, nextCursor: null, corrected: null });
    return this.#answer(filter, await listPage(this.db, { ...ask, found }), found.corrected, found.measure);
  }

  #answer(
    filter: ListFilter,
    { items, facets, more, lastKey, lastId }: ListRow,
    corrected: string | null,
    measure: readonly number[] = [],
  ): Buffer {
    const nextCursor = more ? encodeCursor(this.secret, scopeOf(filter), [lastKey!, lastId!, ...measure]) : null;
    return answerOf({ items, facets, nextCursor, corrected });
  }

  /** What may be meant by what was typed so far. */
  async suggest(ctx: Ctx, typed: string): Promise<Buffer> {
    const viewer = await this.viewers.of(ctx);
    return this.#kept(ctx, viewer, ['suggest', typed], async () =>
      Buffer.from(await this.finder.suggest(ctx, { viewer, locale: ctx.locale }, typed)),
    );
  }

  /** Products of the same kind. Of a product this person may not see there are none: it is not there at all. */
  async related(ctx: Ctx, productId: string): Promise<Buffer> {
    const viewer = await this.viewers.of(ctx);
    return this.#kept(ctx, viewer, ['related', productId], async () => {
      const items = await related(this.db, { productId, viewer, locale: ctx.locale });
      if (items === null) throw searchErrors.NOT_FOUND();
      return Buffer.from(`{"items":${items},"nextCursor":null}`);
    });
  }

  /** What others bought together with a product. Of a product this person may not see there is nothing: it is not there at all. */
  async boughtTogether(ctx: Ctx, productId: string): Promise<Buffer> {
    const items = await boughtTogether(this.db, {
      productId,
      viewer: await this.viewers.of(ctx),
      locale: ctx.locale,
    });
    if (items === null) throw searchErrors.NOT_FOUND();
    return scripted(ctx.locale, Buffer.from(`{"items":${items},"nextCursor":null}`));
  }

  visibleIds(_ctx: Ctx, input: { viewer: Viewer; after: string | null; limit: number }): Promise<string[]> {
    return visibleProducts(this.db, input);
  }

  async rebuild(ctx: Ctx): Promise<{ rows: number }> {
    return { rows: await this.builder.rebuild(ctx) };
  }

  verify(ctx: Ctx): Promise<{ checked: number; differing: string[]; miscounted: string[] }> {
    return this.builder.differing(ctx);
  }

  /**
   * An answer that everybody with the same language and the same visibility shares. Guests' answers are kept as a whole
   * before they come here. A child's rule is asked anew each time, and no old answer stands in for a child: what it shows may have become
   * unfit meanwhile.
   */
  async #kept(ctx: Ctx, viewer: Viewer, asked: readonly unknown[], load: () => Promise<Buffer>): Promise<Buffer> {
    const made = async (): Promise<Buffer> => scripted(ctx.locale, await load());
    if (viewer.kind === 'guest') return made();
    const key = `${ctx.locale} ${JSON.stringify(asked)} ${visibilityOf(viewer)}`;
    const grace = viewer.kind === 'child' ? 0 : GRACE_MS;
    return this.#lists.getOrSet(key, { ttl: KEPT_MS, grace, tags: ['catalog'] }, made);
  }
}
