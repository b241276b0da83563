import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { repository } from './workspace.ts';

export interface RunOptions {
  /** Directory to run in; the repository when left out. */
  readonly cwd?: string;
  /** `show` passes output through as it comes, `keep` collects it (default). */
  readonly output?: 'show' | 'keep';
  readonly env?: NodeJS.ProcessEnv;
}

export interface Outcome {
  readonly ok: boolean;
  /** Standard output and error together; empty when shown. */
  readonly output: string;
  readonly seconds: number;
}

const installed = join(repository, 'node_modules');

/** The environment of a tool: this very Node and the installed commands, the pinned Node among them, come first on the path. */
export const toolEnv = (): NodeJS.ProcessEnv => {
  const own = process.execPath.startsWith(installed) ? [] : [dirname(process.execPath)];
  return { ...process.env, PATH: [...own, join(installed, '.bin'), process.env['PATH']].join(delimiter) };
};

/** Runs a program with this very Node when `command` is `node`. Never rejects for a failing program; see `ok`. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const program = command === 'node' ? process.execPath : command;
  return finish(spawn(program, [...args], settings(options)));
}

/** Runs a line of a package.json `scripts` entry in a shell, as npm would. */
export function runScript(line: string, options: RunOptions = {}): Promise<Outcome> {
  return finish(spawn(line, { ...settings(options), shell: true }));
}

const settings = ({ cwd = repository, output = 'keep', env = {} }: RunOptions): SpawnOptions => ({
  cwd,
  env: { ...toolEnv(), ...env },
  stdio: output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
});

function finish(child: ChildProcess): Promise<Outcome> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        ok: code === 0,
        output: Buffer.concat(chunks).toString('utf8').trimEnd(),
        seconds: (performance.now() - started) / 1000,
      });
    });
  });
}
