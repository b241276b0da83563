import { sql, type Kysely } from 'kysely';

/** True when a context's database answers within two seconds. */
export async function databaseAnswers(db: Kysely<unknown>): Promise<boolean> {
  const late = new Promise<false>((done) => setTimeout(() => done(false), 2_000).unref());
  return Promise.race([
    sql`select 1`.execute(db).then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
