import { systemCtx } from '@um/kernel';
import { search } from '@um/search';
import { contextNames, importDemo, ownedRoutes } from '@um/server/operate';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkInvariants, type Finding } from './invariants.js';
import { CommandError, migrateAll, openDatabase, withPlatform, type Opened } from './open.js';
import { table } from './table.js';

/** A command of `um`. `run` answers the exit code. */
export interface Command {
  readonly usage: string;
  readonly summary: string;
  readonly more?: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const DATABASE_HELP =
  'The database is UM_DATABASE_URL, or the one from the box in UM_DATA_DIR (.data), running or not.';

async function withDatabase<T>(create: boolean, work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await openDatabase({ create });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

function noArguments(args: readonly string[]): void {
  if (args.length > 0) throw new CommandError(`does not know ${args.join(' ')}`);
}

/** The findings as a table, then every violation on a line of its own. */
export function auditReport(findings: readonly Finding[]): string {
  const broken = findings.flatMap((f) => f.violations.map((text) => `${f.invariant} ${f.context}: ${text}`));
  const rows = findings.map((f) => [
    f.invariant,
    f.context,
    f.checked,
    f.violations.length,
    f.violations.length ? 'BROKEN' : 'ok',
  ]);
  const end = broken.length === 0 ? 'All invariants hold.' : `${broken.length} violations.`;
  return [table(['invariant', 'context', 'checked', 'violations', ''], rows), '', ...broken, end].join('\n');
}

async function auditCommand(args: readonly string[]): Promise<number> {
  noArguments(args);
  return withDatabase(false, (opened) =>
    withPlatform(opened, { writes: false }, async (platform) => {
      const findings = await checkInvariants(platform, platform.clock.now());
      say(auditReport(findings));
      return findings.some((finding) => finding.violations.length > 0) ? 1 : 0;
    }),
  );
}

async function migrateCommand(args: readonly string[]): Promise<number> {
  noArguments(args);
  const applied = await withDatabase(true, migrateAll);
  say(
    table(
      ['context', 'applied'],
      [...applied].map(([context, names]) => [context, names.join(', ') || 'up to date']),
    ),
  );
  return 0;
}

async function seedCommand(args: readonly string[]): Promise<number> {
  noArguments(args);
  return withDatabase(true, async (opened) => {
    await migrateAll(opened);
    const signIns = await withPlatform(opened, { writes: true }, (platform) =>
      importDemo(platform, opened.settings.UM_DATA_DIR, say),
    );
    say(
      table(
        ['role', 'e-mail', 'password'],
        signIns.people.map((p) => [p.role, p.email, p.password]),
      ),
    );
    for (const child of signIns.children) say(`child ${child.nickname}, PIN ${child.pin}`);
    return 0;
  });
}

async function rebuildCommand(args: readonly string[]): Promise<number> {
  noArguments(args);
  return withDatabase(false, (opened) =>
    withPlatform(opened, { writes: false }, async ({ wire, clock }) => {
      const { rows } = await wire.client(search).rebuild(systemCtx(clock.now()), {});
      say(`${rows} rows written`);
      return 0;
    }),
  );
}

async function verifyCommand(args: readonly string[]): Promise<number> {
  noArguments(args);
  return withDatabase(false, (opened) =>
    withPlatform(opened, { writes: false }, async ({ wire, clock }) => {
      const { checked, differing, miscounted } = await wire.client(search).verify(systemCtx(clock.now()), {});
      for (const id of differing) say(`differs: ${id}`);
      for (const scope of miscounted) say(`is counted otherwise: ${scope || 'the whole shop'}`);
      say(`${checked} products compared, ${differing.length} differ; counts of ${miscounted.length} scopes differ`);
      return differing.length + miscounted.length === 0 ? 0 : 1;
    }),
  );
}

async function routesCommand(args: readonly string[]): Promise<number> {
  noArguments(args);
  const routes = await ownedRoutes(contextNames);
  const marks = (r: (typeof routes)[number]): string =>
    [r.stepUp && 'step-up', r.idempotent && 'idempotent', r.hot && 'hot', r.callback && 'callback']
      .filter(Boolean)
      .join(' ');
  const rows = routes.map((r) => [r.context, r.method, r.path, r.allow.join(' '), marks(r)]);
  say(table(['context', 'method', 'path', 'who', ''], rows));
  say(`${routes.length} routes`);
  return 0;
}

async function newModuleCommand(args: readonly string[]): Promise<number> {
  if (args.length === 0) throw new CommandError('which context? um new-module <name> [--after=<context>]');
  const tool = path.resolve(import.meta.dirname, '../../../tools/new-module.ts');
  if (!existsSync(tool)) throw new CommandError('new-module works in a checkout of the sources only');
  const child = spawn(process.execPath, [tool, ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Every command by name. */
export const commands: Readonly<Record<string, Command>> = {
  audit: {
    usage: 'um audit',
    summary: 'checks every invariant; ends with 1 when one is broken',
    more: `Only reads; may run beside a working platform. ${DATABASE_HELP}`,
    run: auditCommand,
  },
  migrate: {
    usage: 'um migrate',
    summary: 'brings roles, schemas and tables up to date',
    more: `Makes the database when there is none. ${DATABASE_HELP}`,
    run: migrateCommand,
  },
  seed: {
    usage: 'um seed',
    summary: 'imports the demo marketplace and prints who can sign in',
    more: `May be repeated: it finishes what was cut off. ${DATABASE_HELP}`,
    run: seedCommand,
  },
  'search:rebuild': {
    usage: 'um search:rebuild',
    summary: 'builds the read model of the catalog again',
    more: DATABASE_HELP,
    run: rebuildCommand,
  },
  'search:verify': {
    usage: 'um search:verify',
    summary: 'compares the read model with the truth; ends with 1 when they differ',
    more: DATABASE_HELP,
    run: verifyCommand,
  },
  routes: { usage: 'um routes', summary: 'lists every route with who may use it', run: routesCommand },
  'new-module': {
    usage: 'um new-module <name> [--after=<context>]',
    summary: 'makes a new context from the table to the route',
    run: newModuleCommand,
  },
};
