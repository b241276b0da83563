// The documents say what is there: every relative link leads to a file, every command they name exists.
import './node24.js';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson, repository, type Manifest } from './workspace.ts';

const documents = [
  '*.md',
  'docs/**/*.md',
  '{kernel,ui,bench,deploy,test}/**/*.md',
  'modules/*/**/*.md',
  'apps/*/**/*.md',
];
const lifecycle = new Set(['ci', 'install', 'run', 'exec', 'i', 'audit', 'ls', 'pkg']);

/** Every statement of the documents below `root` that is not so, as `file: what`. */
export function documentDrift(root: string): string[] {
  const { scripts = {} } = readJson<Manifest>(join(root, 'package.json'));
  const files = globSync(documents, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] }).sort();
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const wrong = [...deadLinks(root, file, text), ...unknownCommands(root, text, new Set(Object.keys(scripts)))];
    return wrong.map((what) => `${file}: ${what}`);
  });
}

function deadLinks(root: string, file: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map((m) => m[1] ?? m[2] ?? '');
  return links
    .filter((link) => !/^([a-z]+:|#)/i.test(link))
    .filter((link) => !existsSync(join(root, dirname(file), decodeURI(link.replace(/[#?].*$/, '')))))
    .map((link) => `link to ${link} leads nowhere`);
}

function unknownCommands(root: string, text: string, scripts: ReadonlySet<string>): string[] {
  // In prose "npm puts a folder on the path" is no command; in a code span or block it would be.
  const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map((m) => m[0]).join('\n');
  const named = [...code.matchAll(/\bnpm (?:run )?([a-z][a-z-]*)(?![\w:@/])/g)].map((m) => ({
    whole: m[0],
    name: m[1] ?? '',
  }));
  const unknown = named
    .filter(({ name }) => !scripts.has(name) && !lifecycle.has(name))
    .map(({ whole }) => `\`${whole}\` is no command`);
  const tools = [...code.matchAll(/\bnode ((?:tools|bench|test)\/[\w/-]+\.(?:ts|js))/g)].map((m) => m[1] ?? '');
  const missing = tools
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `\`node ${path}\` has no such file`);
  return [...new Set([...unknown, ...missing])];
}

if (import.meta.main) {
  const drift = documentDrift(repository);
  console.log(drift.length === 0 ? 'docs: every link and command exists' : drift.join('\n'));
  if (drift.length > 0) process.exitCode = 1;
}
