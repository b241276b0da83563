import type { IModule } from 'dependency-cruiser';
import { homeOf, ownDependencies, workspaces } from '../workspace.ts';
import type { Problem } from './problem.ts';

/** A test that boots the platform needs everything above it too; it is compiled with the other tests, apart from its module. */
const isPlatformTest = (path: string): boolean => path.endsWith('.http.test.ts');

/** The dependencies a workspace declares are exactly those it imports: package.json is the graph one can trust and read. */
export function checkDeclared(root: string, modules: readonly IModule[]): Problem[] {
  const all = workspaces(root);
  const nameOf = new Map(all.map((w) => [w.dir, w.manifest.name]));
  return all.flatMap(({ dir, manifest }) => {
    const declared = new Set(ownDependencies(manifest));
    const used = new Set(
      modules
        .filter((m) => homeOf(m.source) === dir && !isPlatformTest(m.source))
        .flatMap((m) => m.dependencies.map((d) => homeOf(d.resolved)))
        .flatMap((home) => (home === undefined || home === dir ? [] : (nameOf.get(home) ?? []))),
    );
    return [
      ...[...used.difference(declared)].map((name) => ({
        rule: 'undeclared',
        at: `${dir}/package.json`,
        text: `lacks ${name}, which is imported`,
      })),
      ...[...declared.difference(used)].map((name) => ({
        rule: 'unused',
        at: `${dir}/package.json`,
        text: `names ${name}, which nothing imports`,
      })),
    ];
  });
}
