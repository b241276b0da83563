import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeRedis, openRedis } from './redis.js';

/** False on machines without Redis: tests that need it are skipped there, and say so. */
export const redisInstalled = spawnSync('redis-server', ['--version']).status === 0;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

async function freePort(): Promise<number> {
  for (let port = 21_100; port < 21_200; port++) if (await isFree(port)) return port;
  throw new Error('no free port between 21100 and 21199');
}

/** A Redis of the test, which really dies. */
export class RealRedis {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'um-redis-'));
  #process: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();

  private constructor(readonly port: number) {}

  static async started(): Promise<RealRedis> {
    const redis = new RealRedis(await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it on the data it left, like a server with persistence. */
  async start(): Promise<void> {
    const args = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.#folder,
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
      '--save',
      '',
    ];
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    this.#process = child;
    this.#exited = new Promise((resolve) => child.once('exit', resolve));
    for (let tries = 0; tries < 100 && !(await this.#answers()); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async #answers(): Promise<boolean> {
    return this.ask('ping').then(
      () => true,
      () => false,
    );
  }

  async kill(): Promise<void> {
    this.#process?.kill('SIGCONT');
    this.#process?.kill('SIGKILL');
    await this.#exited;
  }

  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Runs a command over a connection of its own. */
  async ask(...command: readonly [string, ...string[]]): Promise<unknown> {
    const redis = openRedis(this.url, 'bus', () => undefined);
    try {
      return await redis.call(...command);
    } finally {
      closeRedis(redis);
    }
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
