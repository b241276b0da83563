import { Inject, Injectable } from '@nestjs/common';
import { enqueue, inTx, record, type Ctx, type Db, type Tx } from '@um/kernel';
import type { z } from 'zod';
import { productsChanged } from './contract.js';
import { lockShop } from './import.queries.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt } from './product.views.js';
import { mergeProducts, retell } from './retell.job.js';
import { countWork, endWork, moveSome, nextStore, openWork, touchSome, type Work } from './retell.queries.js';

type Turn = z.output<typeof retell.payload>;

const BATCH = 500;
/** Batches of one turn: ten thousand products, then others have their turn. */
const BATCHES_A_TURN = 20;

/** Tells products anew when what they are shown with has changed: their category's way, their brand's name. */
@Injectable()
export class RetellService {
  constructor(@Inject('product.db') private readonly db: Db<ProductSchema>) {}

  /** Work that goes on, and how far it is. */
  open(): Promise<Work[]> {
    return openWork(this.db);
  }

  /** Tells the next products; what is left is done in another turn. Each batch is a transaction of its own, so nobody waits for long. */
  async turn(ctx: Ctx, task: Turn): Promise<void> {
    let at: Turn | null = task;
    for (let batch = 0; batch < BATCHES_A_TURN && at; batch += 1) at = await this.#step(ctx, at);
    const left = at;
    if (left) await inTx(this.db, (tx) => enqueue(tx, ctx, retell, left));
    else await endWork(this.db, task.work);
  }

  /** Moves the next products of a merged category or brand; what is left is moved in another turn. */
  async merge(ctx: Ctx, task: z.output<typeof mergeProducts.payload>): Promise<void> {
    const { work, ...move } = task;
    for (let batch = 0; batch < BATCHES_A_TURN; batch += 1) {
      const storeId = await nextStore(this.db, { [move.what]: move.from }, null);
      if (!storeId) return void (await endWork(this.db, work));
      await inTx(this.db, async (tx) => {
        await lockShop(tx, storeId);
        await this.#tell(tx, ctx, { storeId, work }, await moveSome(tx, { ...move, storeId, limit: BATCH }));
      });
    }
    await inTx(this.db, (tx) => enqueue(tx, ctx, mergeProducts, task));
  }

  async #tell(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    { storeId, work }: { storeId: string; work: string },
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    const items = (await wholeProducts(tx, ids)).map(docsAt(ctx.now));
    await record(tx, ctx, productsChanged, { storeId, items });
    await countWork(tx, work, ids.length);
  }

  /** One batch of one store; answers where to go on, null at the end. */
  async #step(ctx: Ctx, task: Turn): Promise<Turn | null> {
    const storeId = task.after ? task.storeId! : await nextStore(this.db, task, task.storeId ?? null);
    if (!storeId) return null;
    const { after, work, ...which } = task;
    const told = await inTx(this.db, async (tx) => {
      await lockShop(tx, storeId);
      const ids = await touchSome(tx, { ...which, storeId, after: after ?? null, limit: BATCH });
      await this.#tell(tx, ctx, { storeId, work }, ids);
      return ids;
    });
    const rest = { ...which, storeId, work };
    return told.length < BATCH ? rest : { ...rest, after: told.at(-1)! };
  }
}
