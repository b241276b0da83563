import { Inject, Injectable } from '@nestjs/common';
import { file } from '@um/file';
import { AppError, enqueue, inTx, record, Uses, type Client, type Ctx, type Db, type Tx } from '@um/kernel';
import { z } from 'zod';
import { importErrors, productsChanged } from './contract.js';
import { lockShop } from './import.queries.js';
import { fetchPictures } from './picture.job.js';
import * as q from './picture.queries.js';
import { givenUp, isAddress, waitAfter } from './picture.rules.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt } from './product.views.js';
import { withoutSharedPictures } from './shared.js';

const KEYS_AT_ONCE = 500;
/** Pictures that one turn fetches, and how many of them side by side. */
const A_TURN = 24;
const AT_ONCE = 4;
/** A turn is over by then. */
const CLAIM_MS = 150_000;
const Uuid = z.uuid();

/** The product of a line, with what the line names as its pictures. */
interface Naming {
  readonly id: string;
  readonly line: number;
  readonly row: { readonly externalId: string; readonly pictures: readonly string[] };
}

/** Pictures of products: finding those that are here, fetching those that are elsewhere. */
@Injectable()
export class PicturesService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(file) private readonly files: Client<typeof file>,
  ) {}

  /** Files of named pictures: keys of the library, uploaded files, addresses that were fetched. Those that do not exist, or not yet, are left out. */
  async find(ctx: Ctx, storeId: string, named: readonly string[]): Promise<Map<string, string>> {
    const all = [...new Set(named)];
    const addresses = all.filter(isAddress);
    const ids = all.filter((name) => Uuid.safeParse(name).success);
    const keys = all.filter((name) => !isAddress(name) && !Uuid.safeParse(name).success);
    const found = await q.fetchedPictures(this.db, storeId, addresses);
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
      const known = await this.files.fromLibrary(ctx, { keys: keys.slice(at, at + KEYS_AT_ONCE) });
      for (const [key, id] of Object.entries(known)) found.set(key, id);
    }
    for (let at = 0; at < ids.length; at += KEYS_AT_ONCE) {
      const known = await this.files.getMany(ctx, { ids: ids.slice(at, at + KEYS_AT_ONCE) });
      for (const { id, kind, visibility } of known) if (kind === 'image' && visibility === 'public') found.set(id, id);
    }
    return found;
  }

  /** Remembers, in the import's transaction, which pictures have to be fetched. They belong to whoever sent the file. */
  async wish(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    from: { storeId: string; importId: string | null; found: ReadonlyMap<string, string>; owner: string | null },
    products: readonly Naming[],
  ): Promise<void> {
    const { storeId, importId, found, owner } = from;
    if (owner === null) return;
    const wishes = products.flatMap(({ id, line, row }) =>
      row.pictures
        .filter((name) => isAddress(name) && !found.has(name))
        .map((url) => ({ productId: id, url, importId, line, externalId: row.externalId, owner })),
    );
    if (wishes.length === 0) return;
    await q.addWishes(tx, storeId, wishes, ctx.now);
    await enqueue(tx, ctx, fetchPictures, { storeId });
  }

  /** Fetches pictures of a store that are due. One that fails is tried again later, or given up with a row in its import's report. */
  async fetchDue(ctx: Ctx, storeId: string): Promise<void> {
    const until = new Date(ctx.now.getTime() + CLAIM_MS);
    const due = await inTx(this.db, (tx) => q.claimDue(tx, storeId, { now: ctx.now, until, limit: A_TURN }));
    const more = due.length === A_TURN;
    const worker = async (): Promise<void> => {
      for (let one = due.shift(); one; one = due.shift()) await this.#fetch(ctx, storeId, one);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (more) await inTx(this.db, (tx) => enqueue(tx, ctx, fetchPictures, { storeId }));
  }

  /** Stores whose fetching was broken off go on. */
  async resume(ctx: Ctx): Promise<void> {
    for (const storeId of await q.storesWithDue(this.db, ctx.now))
      await inTx(this.db, (tx) => enqueue(tx, ctx, fetchPictures, { storeId }));
  }

  async #fetch(ctx: Ctx, storeId: string, { url, owner, tries }: q.DueAddress): Promise<void> {
    try {
      const { id } = await this.files.fromAddress(ctx, { url, ownerId: owner });
      await this.#arrived(ctx, { storeId, by: owner }, url, id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const reason = givenUp(error.code, tries + 1);
      if (reason === undefined) {
        await q.waitFor(this.db, storeId, url, tries + 1, new Date(ctx.now.getTime() + waitAfter(tries + 1)!));
        return;
      }
      await inTx(this.db, async (tx) => {
        const wishes = await q.takeWishes(tx, storeId, url, await q.waitingFor(tx, storeId, url));
        await q.addPictureProblems(tx, wishes, importErrors.BAD_PICTURE().code, reason);
      });
    }
  }

  /**
   * A picture is here: whoever waits for it shows it, in the place where its file named it. A product that names other
   * pictures by then keeps its wish, and its turn comes again. What others sell, too, shows it when a moderator agrees.
   */
  async #arrived(
    ctx: Ctx,
    whose: { readonly storeId: string; readonly by: string },
    url: string,
    fileId: string,
  ): Promise<void> {
    const { storeId } = whose;
    const before = await q.namedPictures(this.db, await q.waitingFor(this.db, storeId, url));
    const found = await this.find(
      ctx,
      storeId,
      before.flatMap(({ named }) => named),
    );
    found.set(url, fileId);
    const told = new Map(before.map(({ id, named }) => [id, named.join('|')]));
    await inTx(this.db, async (tx) => {
      await lockShop(tx, storeId);
      await q.putSource(tx, storeId, url, fileId);
      const same = (await q.namedPictures(tx, [...told.keys()])).filter(
        ({ id, named }) => told.get(id) === named.join('|'),
      );
      const ids = same.map(({ id }) => id);
      await q.takeWishes(tx, storeId, url, ids);
      await q.putAlts(tx, ids, url, fileId);
      const given = same.map(({ id, named }) => ({ id, pictures: named.flatMap((name) => found.get(name) ?? []) }));
      const changed = await q.putPictures(tx, await withoutSharedPictures(tx, ctx, whose, given));
      if (changed.length === 0) return;
      const items = (await wholeProducts(tx, changed)).map(docsAt(ctx.now));
      await record(tx, ctx, productsChanged, { storeId, items });
    });
  }
}
