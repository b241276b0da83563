import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const READY = /is ready after/;
const START_MS = 120_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)))
      .listen(port, '127.0.0.1');
  });

let next = 21_700;
/** A port that nobody listens on, of the range of these tests; each is handed out once. */
export async function freePort(): Promise<number> {
  while (next < 21_900) {
    const port = next++;
    if (await isFree(port)) return port;
  }
  throw new Error('no port below 21900 is free');
}

/** The environment without settings of the platform and marks of the test runner. */
export const cleanEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(UM_|VITEST|PORT$|NODE_ENV$|NODE_OPTIONS$)/.test(name)),
  );

/** A process of the built platform that can be killed and started again with the same settings. */
export class Server {
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  output = '';

  constructor(
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the process and resolves when it says that it is ready. */
  async start(): Promise<void> {
    const from = this.output.length;
    const child = spawn(process.execPath, ['apps/server/dist/main.js'], {
      cwd: repository,
      env: {
        ...cleanEnv(),
        UM_METRICS_PORT: '0',
        UM_LOG_LEVEL: 'error',
        UM_RATE_LIMITS: 'off',
        PORT: String(this.port),
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let gone = false;
    this.#ended = new Promise((resolve) => child.once('exit', resolve)).then(() => (gone = true));
    this.#child = child;
    const keep = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const until = Date.now() + START_MS;
    while (!READY.test(this.output.slice(from))) {
      if (gone || Date.now() > until) throw new Error(`the process is not ready:\n${this.output.slice(from)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ends the process with a signal and waits for its end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.#child?.kill(signal);
    await this.#ended;
    this.#child = undefined;
  }
}
