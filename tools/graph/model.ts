import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, workspaces } from '../workspace.ts';
import { tiers } from '../boundaries/cruise.ts';

/** How one context depends on another: it calls it, it hears its events, or it only uses its types. */
export type Manner = 'calls' | 'hears' | 'knows';

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly manner: Manner;
}

/** The platform as it is: which contexts and applications exist, and who depends on whom. */
export interface Graph {
  /** From the edge down to the ground; tiers without a context are left out. */
  readonly tiers: readonly { readonly name: string; readonly contexts: readonly string[] }[];
  readonly apps: readonly string[];
  readonly edges: readonly Edge[];
}

/** Reads the graph from the sources below `root`. */
export function readGraph(root: string): Graph {
  const dirs = workspaces(root).map((w) => w.dir);
  const contexts = new Set(dirs.filter((dir) => dir.startsWith('modules/')).map((dir) => dir.slice('modules/'.length)));
  const present = tiers.map(({ name, contexts: all }) => ({ name, contexts: all.filter((c) => contexts.has(c)) }));
  return {
    tiers: present.filter((tier) => tier.contexts.length > 0).reverse(),
    apps: dirs.filter((dir) => dir.startsWith('apps/')).map((dir) => dir.slice('apps/'.length)),
    edges: [...contexts].sort().flatMap((context) => edgesOf(root, context)),
  };
}

const weight: Record<Manner, number> = { knows: 0, hears: 1, calls: 2 };

/** The strongest manner in which `context` depends on each other context. Tests do not count. */
function edgesOf(root: string, from: string): Edge[] {
  const found = new Map<string, Manner>();
  for (const path of filesBelow(root, `modules/${from}/src`)) {
    if (!path.endsWith('.ts') || /\.(test|factory)\.ts$/.test(path)) continue;
    for (const [to, manner] of mannersIn(readFileSync(join(root, path), 'utf8'))) {
      const known = found.get(to);
      if (known === undefined || weight[manner] > weight[known]) found.set(to, manner);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([to, manner]) => ({ from, to, manner }));
}

const imports = /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'@um\/([a-z-]+)'/g;

/** What one source file does with the contracts it imports. */
export function mannersIn(source: string): [context: string, manner: Manner][] {
  return [...source.matchAll(imports)]
    .filter(([, , context]) => context !== 'kernel')
    .map(([, names = '', context = '']) => {
      const local = names.split(',').map(
        (name) =>
          name
            .trim()
            .split(/\s+as\s+/)
            .at(-1) ?? '',
      );
      const used = (decorator: string): boolean =>
        local.some((name) => new RegExp(`@${decorator}\\(\\s*${name}\\b`).test(source));
      return [context, used('Uses') ? 'calls' : used('On') ? 'hears' : 'knows'];
    });
}
