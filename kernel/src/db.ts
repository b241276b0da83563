import { Kysely, PostgresDialect, sql, type ColumnType, type Generated, type LogEvent } from 'kysely';
import pg from 'pg';
import { preparingClient, type Prepare } from './prepared.js';

/** bigint columns hold money and counts: safe integers by contract, so they are read as numbers. */
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`);
  return value;
});

/** Calendar dates stay `YYYY-MM-DD`: as a Date they would shift with the machine's time zone. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type Db<S> = Kysely<S>;
/** A connection inside or outside a transaction. */
export type Tx<S> = Kysely<S>;

export interface OutboxTable {
  id: string;
  seq: Generated<number>;
  name: string;
  aggregate: string;
  payload: ColumnType<unknown, string, string>;
  ctx: ColumnType<unknown, string, string>;
  kind: Generated<'event' | 'job'>;
  state: Generated<'pending' | 'parked' | 'done'>;
  attempts: Generated<number>;
  next_at: Generated<Date>;
  last_error: string | null;
  created_at: Generated<Date>;
  done_at: Date | null;
}
export interface InboxTable {
  event_id: string;
  subscriber: string;
  handled_at: Generated<Date>;
}
export interface IdempotencyTable {
  actor: string;
  key: string;
  fingerprint: string;
  status: number | null;
  response: ColumnType<unknown, string | null, string | null>;
  locked_until: Date;
  created_at: Generated<Date>;
}
/** Tables the kernel keeps in every context's schema. */
export interface StandardTables {
  outbox: OutboxTable;
  inbox: InboxTable;
  idempotency: IdempotencyTable;
}

export interface OpenOptions {
  readonly url: string;
  readonly context: string;
  readonly max: number;
  /** Which frequent statements are planned once for all values; none by default. */
  readonly prepare?: Prepare;
  readonly observe?: (seconds: number, failed: boolean) => void;
  /** Called for errors of idle connections: the server restarted; the pool replaces them. */
  readonly onIdleError?: (error: Error) => void;
}

const pools = new WeakMap<object, pg.Pool>();
const observers = new WeakMap<object, (seconds: number, failed: boolean) => void>();

/** Opens a context's own schema under its own role: a neighbour's tables answer `permission denied`. */
export function openSchema<S extends StandardTables>(options: OpenOptions): Db<S> {
  const { url, context, max, observe, prepare } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 10_000,
    application_name: `um:${context}`,
    keepAlive: true,
    ...(prepare ? { Client: preparingClient(prepare) } : {}),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // A connection on loan that breaks between two statements fails the next one. Unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const log = (event: LogEvent): void => observe?.(event.queryDurationMillis / 1_000, event.level === 'error');
  const db = new Kysely<S>({ dialect: new PostgresDialect({ pool }), log });
  pools.set(db, pool);
  if (observe) observers.set(db, observe);
  return db;
}

/** A frequent statement, prepared once per connection under its name. */
export interface HotStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * A value of a frequent statement that its planner does not look into. Otherwise it finds a cheaper plan for each value, one
 * element of an array or a null, and plans every call anew: 2 ms for a statement of eight tables that then runs 0.2 ms.
 */
export const unseen = (place: string, type: string): string => `(select ${place}::${type})`;

const statements = new Map<string, string>();

/** Declares a frequent statement. A name stands for one text only. */
export function hotStatement(name: string, text: string): HotStatement {
  const known = statements.get(name);
  if (known !== undefined && known !== text)
    throw new Error(`statement ${name} is declared twice with different texts`);
  statements.set(name, text);
  return { name, text };
}

/** Runs a frequent statement outside a transaction, skipping the query builder. */
export async function runHot<R extends pg.QueryResultRow>(
  db: object,
  statement: HotStatement,
  values: readonly unknown[],
): Promise<R[]> {
  const pool = pools.get(db);
  if (!pool) throw new Error(`${statement.name}: not a database opened by openSchema`);
  const started = performance.now();
  let failed = true;
  try {
    const result = await pool.query<R>({ name: statement.name, text: statement.text, values: values as unknown[] });
    failed = false;
    return result.rows;
  } finally {
    observers.get(db)?.((performance.now() - started) / 1_000, failed);
  }
}

/**
 * Gives the planner figures about a context's tables. Of what was imported a moment ago it has none until autovacuum comes by,
 * and reads whole tables meanwhile.
 */
export async function analyze<S>(db: Db<S>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() and tableowner = current_user`.execute(
    db,
  );
  if (rows.length > 0) await sql`analyze ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(db);
}

/** A connection held by itself, for LISTEN or advisory locks. The caller releases it. */
export async function ownConnection(db: object): Promise<pg.PoolClient> {
  const pool = pools.get(db);
  if (!pool) throw new Error('not a database opened by openSchema');
  return pool.connect();
}

/** The PostgreSQL error code of a failure, or undefined when it did not come from the database. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** True when a unique constraint (by name, when given) refused the row. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '23505' &&
    (constraint === undefined || error.constraint === constraint)
  );
}

/** The server shuts down, starts, fell over or is full, or the connection to it broke. */
const GONE_STATES = /^(08...|57P0[1-3]|53300)$/;
/** Failures of the socket to a server that is away. */
const GONE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);
/** The driver names what happened to a connection in words only. */
const GONE_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect)/;

/** True for a failure of the database as such, which passes by itself: nothing is wrong with what was asked. Whether a statement took effect is not known. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return GONE_STATES.test(error.code ?? '');
  const { code, syscall } = error as NodeJS.ErrnoException;
  const ofSocket = syscall !== undefined && ['connect', 'read', 'write', 'getaddrinfo'].includes(syscall);
  return (ofSocket && GONE_CODES.has(code ?? '')) || GONE_WORDS.test(error.message);
}
