#!/usr/bin/env node
// Plain JavaScript that every Node can read: on an older one it starts itself again with the Node of the packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const pinned = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));

if (!existsSync(main)) {
  console.error('um is not built yet: run `npm run build` in the folder of UltraMarket.');
  process.exit(1);
}
if (major >= 24) await import(main);
else if (existsSync(pinned) && process.env.UM_PINNED_NODE !== '1') {
  const again = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, UM_PINNED_NODE: '1' },
  });
  process.exit(again.status ?? 1);
} else {
  console.error(`um runs on Node 24 or newer; this is Node ${process.versions.node}. Run \`npm ci\` to install it.`);
  process.exit(1);
}
