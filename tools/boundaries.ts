// The fences of the architecture: no import, call or clock crosses a boundary that docs/adr/0002 draws. Exit 1 if one does.
import './node24.js';
import { checkDeclared } from './boundaries/declared.ts';
import { cruiseAll } from './boundaries/cruise.ts';
import { showProblem, type Problem } from './boundaries/problem.ts';
import { checkSources } from './boundaries/sources.ts';
import { repository } from './workspace.ts';

/** Checks the workspaces below `root`. An empty `problems` means that every fence holds. */
export async function boundaries(root: string): Promise<{ files: number; problems: Problem[] }> {
  const cruised = await cruiseAll(root);
  const problems = [...cruised.problems, ...checkDeclared(root, cruised.modules), ...checkSources(root, cruised.files)];
  return { files: cruised.files.length, problems };
}

if (import.meta.main) {
  const { files, problems } = await boundaries(repository);
  console.log(problems.length === 0 ? `boundaries: ${files} files, clean` : problems.map(showProblem).join('\n'));
  if (problems.length > 0) process.exitCode = 1;
}
