// Loaded before every tool (`node --import ./tools/node24.js …`). Plain JavaScript on purpose: an older Node must be able
// to read it and say what is wrong, instead of failing on the first TypeScript file.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `UltraMarket runs on Node 24 or newer; this is Node ${process.versions.node}.\n` +
      'Run `npm ci` once: it installs the pinned Node into node_modules, and every `npm run …` command then uses it.\n' +
      'To start a tool by hand, put it first on the path: export PATH="$PWD/node_modules/.bin:$PATH"',
  );
  process.exit(1);
}
