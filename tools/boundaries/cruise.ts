import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IFlattenedRuleSet, type IModule, type IViolation } from 'dependency-cruiser';
import { contextOf, filesBelow, homeOf, readJson, repository, workspaces } from '../workspace.ts';
import type { Problem } from './problem.ts';

/** One layer of the house and the contexts on it, from the ground up; left may not know right. */
export interface Tier {
  readonly name: string;
  readonly contexts: readonly string[];
}

/** The tier table: the order in which contexts may know each other. */
export const tiers = readJson<Tier[]>(join(import.meta.dirname, '..', 'tiers.json'));

interface CruiserConfig {
  readonly forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
  readonly options: object;
}

/** Follows every import of every workspace and applies the rules of .dependency-cruiser.cjs. */
export async function cruiseAll(root: string): Promise<{ problems: Problem[]; modules: IModule[]; files: string[] }> {
  const dirs = workspaces(root).map((w) => w.dir);
  const files = dirs.flatMap((dir) => filesBelow(root, dir)).filter((path) => /\.tsx?$/.test(path));
  const config = createRequire(import.meta.url)(join(repository, '.dependency-cruiser.cjs')) as CruiserConfig;
  const { output } = await cruise(dirs, {
    ...config.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  });
  const { modules, summary } = output as ICruiseResult;
  const problems = [
    ...cycles(summary.violations),
    ...summary.violations
      .filter((v) => v.cycle === undefined)
      .map((v) => ({ rule: v.rule.name, at: v.from, text: `-> ${v.to}` })),
    ...notCruised(files, modules),
    ...pathsAcross(modules),
    ...unknownContexts(files),
  ];
  return { problems, modules, files };
}

/** Each cycle once, whichever of its members it was found from. */
function cycles(violations: readonly IViolation[]): Problem[] {
  const found = violations.flatMap((v) => (v.cycle ? [[v.from, ...v.cycle.map((step) => step.name)]] : []));
  const once = new Map(found.map((chain) => [[...new Set(chain)].sort().join(), chain]));
  return [...once.values()].map(([at = '', ...rest]) => ({ rule: 'no-cycle', at, text: `-> ${rest.join(' -> ')}` }));
}

/** Without a TypeScript it can read, dependency-cruiser looks at nothing and finds nothing: silence must not pass for order. */
export function notCruised(files: readonly string[], modules: readonly IModule[]): Problem[] {
  const seen = new Set(modules.map((m) => m.source));
  return files
    .filter((file) => !seen.has(file))
    .map((at) => ({ rule: 'not-cruised', at, text: 'was never looked at' }));
}

/** `../../product/src/contract.js` reaches a contract too, but past the package and its declared dependencies. */
function pathsAcross(modules: readonly IModule[]): Problem[] {
  return modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(
        (d) => d.module.startsWith('.') && homeOf(d.resolved) !== undefined && homeOf(d.resolved) !== homeOf(source),
      )
      .filter(() => homeOf(source) !== undefined)
      .map((d) => ({
        rule: 'contract-only',
        at: source,
        text: `-> ${d.module}: another workspace is imported by its name`,
      })),
  );
}

/** A context outside the tier table would be bound by no order at all. */
function unknownContexts(files: readonly string[]): Problem[] {
  const known = new Set(tiers.flatMap((tier) => tier.contexts));
  const found = new Set(files.flatMap((file) => contextOf(file) ?? []));
  return [...found]
    .filter((context) => !known.has(context))
    .map((context) => ({
      rule: 'tiers-look-down',
      at: `modules/${context}`,
      text: 'has no place in tools/tiers.json',
    }));
}
