import { createLogger, readSettings, SettingsError, Shutdown, type Settings } from '@um/kernel';
import { createRequire } from 'node:module';
import { importDemo, readSignIns, type DemoSignIns } from './demo.js';
import { giveMemoryBack } from './idle-memory.js';
import { start, type Started } from './start.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Says a line to the person who started the process; in a cluster the log says it. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function settingsOf(argv: readonly string[]): Settings {
  const empty = argv.includes('--empty') ? { UM_DEMO: 'off' } : {};
  const services = argv.find((arg) => arg.startsWith('--services='))?.slice('--services='.length);
  return readSettings({ ...process.env, ...empty, ...(services ? { UM_SERVICES: services } : {}) });
}

function welcome(settings: Settings, signIns: DemoSignIns | undefined, ms: number): void {
  const url = settings.UM_PUBLIC_URL;
  say('');
  say(`UltraMarket ${version} is ready after ${(ms / 1_000).toFixed(1)} s`);
  say(`  Storefront  ${url}/`);
  say(`  Panel       ${url}/admin`);
  say(`  API         ${url}/api/docs`);
  if (signIns) {
    say('');
    say('Sign in to the demo as');
    const width = Math.max(...signIns.people.map((p) => p.email.length));
    for (const p of signIns.people) say(`  ${p.role.padEnd(10)} ${p.email.padEnd(width)}  ${p.password}`);
    for (const c of signIns.children)
      say(`  child      ${c.nickname}, PIN ${c.pin} (after the parent has signed in on the device)`);
  }
  say('');
  say('Ctrl-C stops it.');
}

/** Gives the demo to a platform that runs everything, the first time; answers who can sign in. */
async function demo(settings: Settings, { platform }: Started): Promise<DemoSignIns | undefined> {
  if (!settings.UM_DEMO || settings.UM_MODE === 'split') return undefined;
  const known = readSignIns(settings.UM_DATA_DIR);
  return known?.complete ? known : importDemo(platform, settings.UM_DATA_DIR, say);
}

async function main(): Promise<void> {
  const began = performance.now();
  const settings = settingsOf(process.argv.slice(2));
  const log = createLogger({ service: 'ultramarket', level: settings.UM_LOG_LEVEL, pretty: settings.UM_LOG_PRETTY });
  const started = await start(settings, log, say);
  const shutdown = new Shutdown({ deadlineMs: settings.UM_SHUTDOWN_MS });
  shutdown.add('requests', 'platform', () => started.stop());
  giveMemoryBack();
  shutdown.onSignals((code) => process.exit(code));
  const signIns = await demo(settings, started);
  welcome(settings, signIns, performance.now() - began);
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof SettingsError ? error.message : String(error instanceof Error ? (error.stack ?? error.message) : error)}\n`,
  );
  process.exit(1);
}
