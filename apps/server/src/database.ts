import { createRequire } from 'node:module';
import path from 'node:path';
import { migrate, readMigrations } from './postgres/migrate.js';
import { contextUrl, provision } from './postgres/provision.js';

/** The schema pg-boss keeps its queues in, with a role of its own. */
export const JOBS_SCHEMA = 'job';

const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

/** Roles, schemas and tables of the given contexts, made or brought up to date. `onStep` hears each finished context. */
export async function prepareDatabase(
  adminUrl: string,
  secret: string,
  contexts: readonly string[],
  onStep: (context: string, applied: readonly string[]) => void,
): Promise<void> {
  await provision(adminUrl, secret, [...contexts, JOBS_SCHEMA]);
  const standard = readMigrations('kernel', path.join(packageFolder('@um/kernel'), 'sql'));
  for (const context of contexts) {
    const own = readMigrations(context, path.join(packageFolder(`@um/${context}`), 'migrations'));
    onStep(context, await migrate(contextUrl(adminUrl, secret, context), context, [standard, own]));
  }
}
