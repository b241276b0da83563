import type { Ctx, Tx } from '@um/kernel';
import type { Selectable } from 'kysely';
import type { ConfigSchema, SettingTable } from './config.schema.js';
import type { SettingKey } from './contract.js';

type Db = Tx<ConfigSchema>;
export type SettingRow = Selectable<SettingTable>;

/** The settings that were ever changed. */
export const changedSettings = (db: Db): Promise<SettingRow[]> => db.selectFrom('setting').selectAll().execute();

/** Writes a new value over the version that was seen (0: never changed) and keeps it in the history; false when another was written meanwhile. */
export async function writeSetting(
  db: Db,
  ctx: Ctx,
  input: { key: SettingKey; value: unknown; seen: number },
): Promise<boolean> {
  const row = {
    value: JSON.stringify(input.value),
    version: input.seen + 1,
    changed_by: ctx.actor,
    changed_at: ctx.now,
  };
  const done =
    input.seen === 0
      ? await db
          .insertInto('setting')
          .values({ key: input.key, ...row })
          .onConflict((oc) => oc.doNothing())
          .executeTakeFirst()
      : await db
          .updateTable('setting')
          .set(row)
          .where('key', '=', input.key)
          .where('version', '=', input.seen)
          .executeTakeFirst();
  const written = 'numUpdatedRows' in done ? done.numUpdatedRows : done.numInsertedOrUpdatedRows;
  if (written !== 1n) return false;
  await db
    .insertInto('setting_history')
    .values({ key: input.key, ...row })
    .execute();
  return true;
}

/** Every value a setting had, the newest first. */
export const historyOf = (db: Db, key: SettingKey, limit: number): Promise<SettingRow[]> =>
  db.selectFrom('setting_history').selectAll().where('key', '=', key).orderBy('version', 'desc').limit(limit).execute();
