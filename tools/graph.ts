// Draws docs/architecture.svg from the sources: who calls whom, who hears whom.
//   node tools/graph.ts           writes the picture
//   node tools/graph.ts --check   exit 1 if the picture is not what the sources say
import './node24.js';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { layOut } from './graph/layout.ts';
import { readGraph } from './graph/model.ts';
import { toSvg } from './graph/svg.ts';
import { repository } from './workspace.ts';

/** The picture of the workspaces below `root`; the same sources always give the same text. */
export const drawArchitecture = (root: string): string => toSvg(layOut(readGraph(root)));

if (import.meta.main) {
  const path = join(repository, 'docs', 'architecture.svg');
  const drawn = drawArchitecture(repository);
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, drawn);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== drawn) {
    console.log('graph: docs/architecture.svg is not what the sources say; run `node tools/graph.ts`');
    process.exitCode = 1;
  }
}
