// `npm run dev`: the compiler, the server and the `dev` script of every application run side by side and follow each edit.
import './node24.js';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { build } from './build.ts';
import { toolEnv } from './run.ts';
import { repository, workspaces } from './workspace.ts';

/** Starts one follower; each of its lines is shown behind its name. */
function follow(name: string, line: string, cwd = repository): ChildProcess {
  const child = spawn(line, { cwd, env: toolEnv(), shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (text) => console.log(`${name.padEnd(8)} ${text}`));
  }
  return child;
}

const broken = await build(repository, { say: (line) => console.log(line) });
if (broken !== undefined) console.error(broken);

const followers = [
  follow('compile', 'node node_modules/ts7/bin/tsc -b tsconfig.build.json --watch --preserveWatchOutput'),
  follow('server', 'node --watch --watch-preserve-output apps/server/dist/main.js'),
  ...workspaces(repository).flatMap(({ dir, manifest }) => {
    const line = manifest.scripts?.['dev'];
    return line === undefined ? [] : [follow(dir.replace('apps/', ''), line, join(repository, dir))];
  }),
];

// Ctrl-C reaches the whole process group; this covers a signal sent to this process alone.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const follower of followers) follower.kill(signal);
  });
}
