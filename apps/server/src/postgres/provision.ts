import { createHmac } from 'node:crypto';
import pg from 'pg';

/** The role of a context. */
export const roleOf = (context: string): string => `um_${context}`;

/** The password of a context's role, derived so that nothing has to be kept. */
export const passwordOf = (secret: string, context: string): string =>
  createHmac('sha256', secret).update(`database-role:${context}`).digest('hex');

/** A context's own connection string, made from the administrator's. */
export function contextUrl(adminUrl: string, secret: string, context: string): string {
  const url = new URL(adminUrl);
  url.username = roleOf(context);
  url.password = passwordOf(secret, context);
  return url.toString();
}

const LOCK = 7_308_601;

/** Makes one role and one schema per context, closed to every other role. Safe to run again and by several processes at once. */
export async function provision(adminUrl: string, secret: string, contexts: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const database = client.escapeIdentifier(
      (await client.query<{ name: string }>('select current_database() as name')).rows[0]!.name,
    );
    await client.query('create schema if not exists extensions');
    for (const extension of ['pg_trgm', 'unaccent', 'btree_gin'])
      await client.query(`create extension if not exists ${extension} schema extensions`);
    await client.query('grant usage on schema extensions to public');
    await client.query('revoke create on schema public from public');
    for (const context of contexts) await provisionContext(client, secret, context, database);
  } finally {
    await client.end();
  }
}

async function provisionContext(client: pg.Client, secret: string, context: string, database: string): Promise<void> {
  const role = client.escapeIdentifier(roleOf(context));
  const schema = client.escapeIdentifier(context);
  const known = await client.query('select 1 from pg_roles where rolname = $1', [roleOf(context)]);
  if (known.rowCount === 0) await client.query(`create role ${role} login`);
  await client.query(`alter role ${role} password ${client.escapeLiteral(passwordOf(secret, context))}`);
  await client.query(`alter role ${role} set search_path = ${schema}, extensions`);
  await client.query(`alter role ${role} set statement_timeout = '30s'`);
  await client.query(`alter role ${role} set idle_in_transaction_session_timeout = '60s'`);
  await client.query(`alter role ${role} set lock_timeout = '10s'`);
  await client.query(`grant connect on database ${database} to ${role}`);
  await client.query(`grant ${role} to current_user`);
  await client.query(`create schema if not exists ${schema} authorization ${role}`);
}
