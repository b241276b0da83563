import { Injectable } from '@nestjs/common';
import { Uses, type Client, type Ctx } from '@um/kernel';
import { store, storeErrors } from '@um/store';

/** The stores a person works for: what of the panel is theirs. */
@Injectable()
export class OwnStores {
  constructor(@Uses(store) private readonly stores: Client<typeof store>) {}

  /** The person's stores, or of them the one that is asked for; empty when it is somebody else's. */
  async among(ctx: Ctx, storeId?: string): Promise<string[]> {
    const own = await this.stores.storesOf(ctx, { accountId: ctx.actor! });
    return storeId === undefined ? own : own.filter((id) => id === storeId);
  }

  /** Refuses somebody else's store as if it did not exist: `store.NOT_FOUND`. */
  async require(ctx: Ctx, storeId: string): Promise<void> {
    if ((await this.among(ctx, storeId)).length === 0) throw storeErrors.NOT_FOUND();
  }
}
