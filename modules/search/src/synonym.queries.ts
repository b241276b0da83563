import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { SearchSchema } from './search.schema.js';

type Db = Tx<SearchSchema>;

export interface SynonymRow {
  readonly id: string;
  readonly words: readonly string[];
  readonly keys: readonly string[];
  readonly finds: readonly string[];
  readonly changed_at: Date;
}

const COLUMNS = ['id', 'words', 'changed_at as changedAt'] as const;

/** Every group, by its first word. */
export const allSynonyms = (db: Db) =>
  db
    .selectFrom('synonym')
    .select(COLUMNS)
    .orderBy(sql`words[1]`)
    .orderBy('id')
    .execute();

/** Writes a group, new or known. */
export const putSynonym = (tx: Db, row: SynonymRow) =>
  tx
    .insertInto('synonym')
    .values({ ...row, words: [...row.words], keys: [...row.keys], finds: [...row.finds] })
    .onConflict((oc) =>
      oc.column('id').doUpdateSet((eb) => ({
        words: eb.ref('excluded.words'),
        keys: eb.ref('excluded.keys'),
        finds: eb.ref('excluded.finds'),
        changed_at: eb.ref('excluded.changed_at'),
      })),
    )
    .execute();

/** The typed words of a group, or undefined when there is none; held until the transaction ends. */
export async function synonymWords(tx: Db, id: string): Promise<string[] | undefined> {
  const row = await tx.selectFrom('synonym').select('words').where('id', '=', id).forUpdate().executeTakeFirst();
  return row?.words;
}

/** A word of these that stands in another group already. */
export async function takenWord(tx: Db, id: string, keys: readonly string[]): Promise<string | undefined> {
  // One editor at a time: two new groups with one word would not see each other.
  await sql`select pg_advisory_xact_lock(hashtext('search.synonym'))`.execute(tx);
  const { rows } = await sql<{ word: string }>`
    select w.word from synonym s cross join unnest(s.words, s.keys) as w(word, key)
    where s.id <> ${id} and w.key = any(${keys}::text[]) limit 1`.execute(tx);
  return rows[0]?.word;
}

export const dropSynonym = (tx: Db, id: string) => tx.deleteFrom('synonym').where('id', '=', id).execute();
