import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** One migration file. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Migrations that follow each other; another set may grow without them. */
export interface MigrationSet {
  readonly name: string;
  readonly migrations: readonly Migration[];
}

/** The migrations of a folder in the order of their names, each known as `set/file`. A folder that is not there has none. */
export function readMigrations(name: string, folder: string): MigrationSet {
  if (!existsSync(folder)) return { name, migrations: [] };
  const names = readdirSync(folder)
    .filter((file) => /^\d{4}_[\w-]+\.sql$/.test(file))
    .toSorted();
  const migrations = names.map((file) => {
    const sql = readFileSync(path.join(folder, file), 'utf8');
    return { name: `${name}/${file}`, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
  return { name, migrations };
}

const LOCK = 7_308_602;

/** What is left to apply of one set; a changed or missing file, or a new one before an applied one, is refused. */
function pendingOf(
  context: string,
  migrations: readonly Migration[],
  applied: readonly { name: string; checksum: string }[],
): Migration[] {
  for (const [index, row] of applied.entries()) {
    const file = migrations[index];
    if (file?.name !== row.name)
      throw new Error(
        `${context}: migration ${row.name} was applied, but ${file?.name ?? 'no file'} stands in its place`,
      );
    if (file.checksum !== row.checksum)
      throw new Error(`${context}: migration ${row.name} was changed after it had been applied`);
  }
  return migrations.slice(applied.length);
}

/** Brings a context's schema up to date as its own role, set after set (the kernel's own, then the context's: either may grow without the other); each file in its own transaction, one process at a time. Answers the names it applied. */
export async function migrate(url: string, context: string, sets: readonly MigrationSet[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0');
    await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK, context]);
    await client.query(
      'create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const applied = (
      await client.query<{ name: string; checksum: string }>('select name, checksum from migration order by name')
    ).rows;
    const pending = sets.flatMap(({ name, migrations }) =>
      pendingOf(
        context,
        migrations,
        applied.filter((row) => row.name.startsWith(`${name}/`)),
      ),
    );
    for (const migration of pending) {
      await client.query('begin');
      await client.query(migration.sql);
      await client.query('insert into migration (name, checksum) values ($1, $2)', [
        migration.name,
        migration.checksum,
      ]);
      await client.query('commit');
    }
    return pending.map((m) => m.name);
  } finally {
    await client.end();
  }
}
