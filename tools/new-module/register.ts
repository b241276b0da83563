import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, type Manifest } from '../workspace.ts';
import type { Tier } from '../boundaries/cruise.ts';

const tierTable = 'tools/tiers.json';
const registry = 'apps/server/src/registry.ts';
const server = 'apps/server/package.json';

/** Gives the context its place in the tier table, right of `after`. One that has a place keeps it. @throws without either. */
export function placeInTiers(root: string, name: string, after: string | undefined): readonly string[] {
  const path = join(root, tierTable);
  const tiers = readJson<Tier[]>(path);
  if (!tiers.some((tier) => tier.contexts.includes(name))) {
    const home = tiers.find((tier) => after !== undefined && tier.contexts.includes(after));
    if (home === undefined)
      throw new Error(`${name} has no place in ${tierTable}: say which context stands left of it, --after=<context>`);
    const contexts = home.contexts.flatMap((c) => (c === after ? [c, name] : [c]));
    const changed = tiers.map((tier) => (tier === home ? { ...tier, contexts } : tier));
    const lines = changed.map(
      ({ name: tier, contexts: all }) =>
        `  { "name": "${tier}", "contexts": [${all.map((c) => `"${c}"`).join(', ')}] }`,
    );
    writeFileSync(path, `[\n${lines.join(',\n')}\n]\n`);
    return order(changed);
  }
  return order(tiers);
}

const order = (tiers: readonly Tier[]): string[] => tiers.flatMap((tier) => tier.contexts);

/** Enters the context into the server's registry and declared dependencies. `places` is the tier order. */
export function register(root: string, name: string, places: readonly string[]): void {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  const path = join(root, registry);
  const text = readFileSync(path, 'utf8');
  const entry = `  ${name}: { contract: ${name}, ownsTables: true, load: async () => (await import('@um/${name}/module')).${Name}Module },\n`;
  const right = places
    .slice(places.indexOf(name) + 1)
    .map((c) => text.indexOf(`\n  ${c}: {`))
    .find((at) => at >= 0);
  if (right === undefined)
    throw new Error(`${registry} has no entry to the right of ${name}: add this by hand\n${entry}`);
  const entered = `${text.slice(0, right + 1)}${entry}${text.slice(right + 1)}`;
  writeFileSync(path, entered.replace(/(?=import .*'@um\/)/, `import { ${name} } from '@um/${name}';\n`));
  const manifest = readJson<Manifest>(join(root, server));
  const dependencies = Object.fromEntries(
    Object.entries({ ...manifest.dependencies, [`@um/${name}`]: '*' }).sort(([a], [b]) => a.localeCompare(b)),
  );
  writeFileSync(join(root, server), `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`);
}
