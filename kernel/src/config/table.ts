import { settingsShape } from './settings.js';
import type { Setting, Shape } from './setting.js';

function row(name: string, setting: Setting): string {
  const {
    description = '',
    fallback,
    otherwise,
  } = (setting.meta() ?? {}) as { description?: string; fallback?: string; otherwise?: string };
  const unset = fallback === undefined ? otherwise : fallback === '' ? 'none' : `\`${fallback}\``;
  return `| \`${name}\` | ${unset ?? ''} | ${description} |`;
}

/** The settings as a Markdown table, made from their schema. */
export function settingsTable(shape: Shape = settingsShape): string {
  const rows = Object.entries(shape).map(([name, setting]) => row(name, setting));
  return ['| variable | when it is not set | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The page `docs/SETTINGS.md`. */
export function settingsDocument(): string {
  return `# Settings

Every environment variable the platform reads. It is made from \`kernel/src/config/settings.ts\`: a test compares the two,
and \`npx vitest run kernel/src/config -u\` writes this page anew.

Each may be given as a file instead: \`UM_SECRET_FILE=/run/secrets/um\` reads \`UM_SECRET\` from there. An empty variable
counts as absent. What is wrong is told in one message before anything starts.

${settingsTable()}
`;
}
