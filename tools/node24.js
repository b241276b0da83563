// Loaded before every tool (`node --import ./tools/node24.js …`). Plain JavaScript on purpose: an older Node must be able
// to read it and say what is wrong, instead of failing on the first TypeScript file.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';

const major = Number(process.versions.node.split('.')[0]);
const chosen = process.env.UM_NODE;
// It is followed once: what is started from here is that very Node, and the platform knows no such setting.
delete process.env.UM_NODE;
if (chosen !== undefined && realpathSync(chosen) !== realpathSync(process.execPath)) {
  process.exit(await runAgain(chosen));
}
if (major < 24) {
  console.error(
    `UltraMarket runs on Node 24 or newer; this is Node ${process.versions.node}.\n` +
      'Run `npm ci` once: it installs the pinned Node into node_modules, and every `npm run …` command then uses it.\n' +
      'To start a tool by hand, put it first on the path: export PATH="$PWD/node_modules/.bin:$PATH"',
  );
  process.exit(1);
}

/**
 * Runs the same command line with another Node (`UM_NODE=/path/to/node npm test`) and answers its exit code.
 * @param {string} node
 * @returns {Promise<number>}
 */
function runAgain(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both: the other one ends when it has finished what it does, and this one after it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
