import { Inject, Injectable } from '@nestjs/common';
import { inTx, newId, type Ctx, type Db, type Handlers, type Tx } from '@um/kernel';
import type { z } from 'zod';
import { MAX_ADDRESSES, userErrors, type AddressBody, type SavedAddress, type user } from './contract.js';
import {
  addressById,
  addressesOf,
  defaultAddressOf,
  deleteAddress,
  insertAddress,
  keepProfile,
  lockProfile,
  makeDefault,
  updateAddress,
  type AddressRow,
} from './user.queries.js';
import { nextDefault } from './user.rules.js';
import type { UserSchema } from './user.schema.js';

const asAddress = (row: AddressRow): SavedAddress => ({
  id: row.id,
  name: row.name,
  phone: row.phone,
  region: row.region,
  city: row.city,
  line: row.line,
  ...(row.note === null ? {} : { note: row.note }),
  isDefault: row.is_default,
});

const columns = ({ name, phone, region, city, line, note }: z.output<typeof AddressBody>) => ({
  name,
  phone,
  region,
  city,
  line,
  note: note ?? null,
});

/** Where things are delivered to a person. While there is an address, exactly one is the default. */
@Injectable()
export class AddressesService implements Handlers<typeof user> {
  constructor(@Inject('user.db') private readonly db: Db<UserSchema>) {}

  async address(
    _ctx: Ctx,
    { accountId, addressId }: { accountId: string; addressId: string },
  ): Promise<SavedAddress | null> {
    const row = await addressById(this.db, accountId, addressId);
    return row ? asAddress(row) : null;
  }

  async defaultAddress(_ctx: Ctx, { accountId }: { accountId: string }): Promise<SavedAddress | null> {
    const row = await defaultAddressOf(this.db, accountId);
    return row ? asAddress(row) : null;
  }

  async list(ctx: Ctx): Promise<SavedAddress[]> {
    return (await addressesOf(this.db, ctx.actor!)).map(asAddress);
  }

  /** The first address is the default whether asked or not. */
  async add(ctx: Ctx, body: z.output<typeof AddressBody>): Promise<SavedAddress> {
    const id = newId(ctx.now);
    return this.#alone(ctx, async (tx) => {
      const known = await addressesOf(tx, ctx.actor!);
      if (known.length >= MAX_ADDRESSES) throw userErrors.TOO_MANY_ADDRESSES({ max: MAX_ADDRESSES });
      await insertAddress(tx, { id, account_id: ctx.actor!, ...columns(body), is_default: false, created_at: ctx.now });
      if (body.isDefault || known.length === 0) await makeDefault(tx, ctx.actor!, id);
      return this.#read(tx, ctx, id);
    });
  }

  /** Replaces an address. The default one stays the default until another is chosen. */
  async replace(ctx: Ctx, id: string, body: z.output<typeof AddressBody>): Promise<SavedAddress> {
    return this.#alone(ctx, async (tx) => {
      await this.#read(tx, ctx, id);
      await updateAddress(tx, ctx.actor!, id, columns(body));
      if (body.isDefault) await makeDefault(tx, ctx.actor!, id);
      return this.#read(tx, ctx, id);
    });
  }

  /** Removes an address; the newest of the others takes over as the default. */
  async remove(ctx: Ctx, id: string): Promise<void> {
    await this.#alone(ctx, async (tx) => {
      if (!(await deleteAddress(tx, ctx.actor!, id))) throw userErrors.NO_ADDRESS();
      const next = nextDefault(await addressesOf(tx, ctx.actor!));
      if (next) await makeDefault(tx, ctx.actor!, next.id);
    });
  }

  /** Runs a change while no other change of the same person's addresses runs. */
  #alone<T>(ctx: Ctx, work: (tx: Tx<UserSchema>) => Promise<T>): Promise<T> {
    return inTx(this.db, async (tx) => {
      await keepProfile(tx, ctx.actor!, ctx.now);
      await lockProfile(tx, ctx.actor!);
      return work(tx);
    });
  }

  async #read(tx: Tx<UserSchema>, ctx: Ctx, id: string): Promise<SavedAddress> {
    const row = await addressById(tx, ctx.actor!, id);
    if (!row) throw userErrors.NO_ADDRESS();
    return asAddress(row);
  }
}
