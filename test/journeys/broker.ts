import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { freePort } from './processes.js';
import { eventually } from './person.js';

// The wrapper in /usr/sbin changes the user; the script behind it runs as whoever calls it.
const PROGRAM = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** True where a broker can be started. */
export const brokerInstalled = existsSync(PROGRAM);

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Starts a RabbitMQ of its own: name, folders and ports belong to it alone. */
export async function startBroker(dir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'plugins'), '[].');
  const [port, distribution, names] = [await freePort(), await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: dir,
    LANG: 'C.UTF-8',
    RABBITMQ_NODENAME: `um-${process.pid}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: path.join(dir, 'mnesia'),
    RABBITMQ_LOG_BASE: path.join(dir, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(dir, 'plugins'),
    RABBITMQ_CONFIG_FILE: path.join(dir, 'none'),
    RABBITMQ_PID_FILE: path.join(dir, 'pid'),
  };
  // A process group of its own, which ends as a whole.
  const child = spawn(PROGRAM, [], { env, stdio: 'ignore', detached: true, cwd: dir });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await eventually('RabbitMQ', async () => (await answers(port)) || undefined, 60_000);
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    stop: async () => {
      process.kill(-child.pid!, 'SIGTERM');
      await ended;
      execFileSync('epmd', ['-kill'], { env, stdio: 'ignore' });
    },
  };
}
