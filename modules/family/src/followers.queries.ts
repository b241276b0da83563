import type { Tx } from '@um/kernel';
import type { FamilySchema } from './family.schema.js';
import type { Follower } from './followers.js';

/** Remembers which categories took products along from which. */
export async function rememberFollowers(tx: Tx<FamilySchema>, followers: readonly Follower[]): Promise<void> {
  const rows = followers.flatMap(({ of, id }) => of.map((left) => ({ left_id: left, category_id: id })));
  if (rows.length === 0) return;
  await tx
    .insertInto('follower')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Those of hidden categories that followed others, each with what it followed. */
export async function followersAmong(tx: Tx<FamilySchema>, hidden: readonly string[]): Promise<Follower[]> {
  if (hidden.length === 0) return [];
  const rows = await tx.selectFrom('follower').selectAll().where('category_id', 'in', hidden).execute();
  return rows.map(({ left_id: left, category_id: id }) => ({ of: [left], id }));
}
