import { z } from 'zod';
import { readShape, SettingsError, type Env } from './read.js';
import { address, addresses, flag, names, oneOf, optional, secret, wholeNumber, withDefault } from './setting.js';

const port = () => wholeNumber(1, 65_535);

/** Whom to believe about a caller's address: nobody, everybody, the nearest `n` proxies, or a list of networks. */
const trustedProxies = () =>
  z
    .string()
    .regex(
      /^(true|false|\d+|[0-9a-f.:/, ]+)$/,
      'is none of true, false, a number of proxies, addresses separated by commas',
    )
    .transform((text) =>
      text === 'true' ? true : text === 'false' ? false : /^\d+$/.test(text) ? Number(text) : text,
    );

/** Every setting of the platform, by the name of its environment variable. */
export const settingsShape = {
  PORT: withDefault(port(), '3000', 'Port the process listens on.'),
  UM_HOST: withDefault(z.string(), '127.0.0.1', 'Address the process listens on; `0.0.0.0` for all of them.'),
  UM_PUBLIC_URL: optional(
    address('http', 'https'),
    'Address people open in their browser; links in messages and callbacks from outside begin with it.',
    '`http://localhost:` and the port',
  ),
  UM_TRUST_PROXY: withDefault(
    trustedProxies(),
    'false',
    'Whom to believe about a caller’s address: `false`, `true`, the number of proxies in front, or their addresses.',
  ),
  UM_DATA_DIR: withDefault(
    z.string(),
    '.data',
    'Folder of everything the process keeps on disk: its own database, uploaded files, its secret.',
  ),
  UM_DATABASE_URL: optional(
    secret(address('postgres', 'postgresql')),
    'PostgreSQL 16 or newer, as a role that may create roles and schemas. A PgBouncer before it keeps prepared statements.',
    'PostgreSQL from the box, in the data folder',
  ),
  UM_DATABASE_REPLICA_URL: optional(
    secret(address('postgres', 'postgresql')),
    'Read replica for lists and search.',
    'everything reads the primary',
  ),
  UM_POOL_MAX: withDefault(wholeNumber(1, 200), '8', 'Database connections of each context in this process.'),
  UM_REDIS_URL: optional(
    secret(address('redis', 'rediss')),
    'Redis for the second level of the cache and for limits that hold across processes.',
    'memory of the process alone',
  ),
  UM_AMQP_URL: optional(
    secret(address('amqp', 'amqps')),
    'RabbitMQ that carries facts between processes; needed when `UM_MODE` is `split`.',
    'facts are handed over in the process',
  ),
  UM_SERVICES: withDefault(names(), 'all', 'Contexts this process runs, separated by commas.'),
  UM_MODE: withDefault(
    oneOf(['local', 'wire', 'split']),
    'local',
    '`local`: contexts call each other directly. `wire`: the same through JSON, for tests. `split`: contexts run in processes of their own.',
  ),
  UM_PEERS: withDefault(
    addresses(),
    '',
    'Addresses of contexts in other processes: `cart=http://10.0.0.7:3000,order=http://10.0.0.8:3000`.',
  ),
  UM_SECRET: optional(
    secret(z.string().min(32, 'is shorter than 32 characters')),
    'Signs cursors, cookies and calls between processes, and keys the database roles. The same in every process; needed when `UM_MODE` is `split`.',
    'made at the first start and kept in the data folder',
  ),
  UM_JOBS: withDefault(flag(), 'on', 'Whether this process works background jobs.'),
  UM_CACHE_MB: withDefault(
    wholeNumber(0, 65_536),
    '64',
    'Memory of the first cache level, in MiB; with `0` nothing is kept in memory.',
  ),
  UM_RATE_LIMITS: withDefault(flag(), 'on', 'Rate limits. Off is for load tests.'),
  UM_LOG_LEVEL: withDefault(
    oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'info',
    'Least important lines that are logged.',
  ),
  UM_LOG_PRETTY: optional(flag(), 'Log lines for people instead of JSON.', 'on in a terminal'),
  UM_METRICS_PORT: withDefault(
    wholeNumber(0, 65_535),
    '9464',
    'Port of `GET /metrics`, apart from the public one; `0` is off.',
  ),
  UM_DEMO: optional(flag(), 'Fills an empty platform with demo data.', 'on with PostgreSQL from the box'),
  UM_SHUTDOWN_MS: withDefault(
    wholeNumber(0, 600_000),
    '10000',
    'Milliseconds that running work is given to finish at the end.',
  ),
} as const;

type Parsed = z.output<z.ZodObject<typeof settingsShape>>;
/** The settings of a process: read once, frozen, secrets unprintable. */
export type Settings = Readonly<
  Omit<Parsed, 'UM_PUBLIC_URL' | 'UM_DEMO'> & { UM_PUBLIC_URL: string; UM_DEMO: boolean }
>;

/** What only a platform in several processes needs. */
const NEEDED_WHEN_SPLIT = ['UM_AMQP_URL', 'UM_DATABASE_URL', 'UM_SECRET'] as const;

/** Reads every setting of the platform. Raises one `SettingsError` that names all that is wrong. */
export function readSettings(env: Env): Settings {
  const parsed = readShape(settingsShape, env);
  const missing = parsed.UM_MODE === 'split' ? NEEDED_WHEN_SPLIT.filter((name) => parsed[name] === undefined) : [];
  if (missing.length > 0) throw new SettingsError(missing.map((name) => `${name} is needed when UM_MODE is split`));
  return Object.freeze({
    ...parsed,
    UM_PUBLIC_URL: parsed.UM_PUBLIC_URL ?? `http://localhost:${parsed.PORT}`,
    UM_DEMO: parsed.UM_DEMO ?? parsed.UM_DATABASE_URL === undefined,
  });
}
