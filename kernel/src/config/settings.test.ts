import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { keptSecret } from './kept-secret.js';
import { readShape, SettingsError, unknownSettings, type Env } from './read.js';
import { optional, secret, withDefault } from './setting.js';
import { readSettings, settingsShape } from './settings.js';
import { settingsDocument, settingsTable } from './table.js';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'um-settings-'));

function problemsOf(env: Env): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('start a laptop without a single variable', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      PORT: 3000,
      UM_HOST: '127.0.0.1',
      UM_PUBLIC_URL: 'http://localhost:3000',
      UM_DATA_DIR: '.data',
      UM_DATABASE_URL: undefined,
      UM_SERVICES: 'all',
      UM_MODE: 'local',
      UM_PEERS: {},
      UM_SECRET: undefined,
      UM_TRUST_PROXY: false,
      UM_RATE_LIMITS: true,
      UM_DEMO: true,
      UM_SHUTDOWN_MS: 10_000,
    });
  });

  test('are read as what they mean', () => {
    const settings = readSettings({
      PORT: '8080',
      UM_SERVICES: 'cart,order',
      UM_PEERS: 'cart=http://10.0.0.7:3000/,search=https://search.local',
      UM_PUBLIC_URL: 'https://shop.example/',
      UM_RATE_LIMITS: 'off',
      UM_LOG_PRETTY: 'true',
      UM_TRUST_PROXY: '2',
    });
    expect(settings).toMatchObject({
      PORT: 8080,
      UM_SERVICES: ['cart', 'order'],
      UM_PEERS: { cart: 'http://10.0.0.7:3000', search: 'https://search.local' },
      UM_PUBLIC_URL: 'https://shop.example',
      UM_RATE_LIMITS: false,
      UM_LOG_PRETTY: true,
      UM_TRUST_PROXY: 2,
    });
  });

  test.each([
    ['true', true],
    ['false', false],
    ['10.0.0.0/8, 127.0.0.1', '10.0.0.0/8, 127.0.0.1'],
  ])('trust proxies: %s', (text, wanted) => {
    expect(readSettings({ UM_TRUST_PROXY: text }).UM_TRUST_PROXY).toBe(wanted);
  });

  test('with a database of its own the platform is not filled with demo data unless asked', () => {
    const UM_DATABASE_URL = 'postgres://um:pw@db/um';
    expect(readSettings({ UM_DATABASE_URL }).UM_DEMO).toBe(false);
    expect(readSettings({ UM_DATABASE_URL, UM_DEMO: 'on' }).UM_DEMO).toBe(true);
  });

  test('an empty variable counts as absent', () => {
    expect(readSettings({ UM_REDIS_URL: '', PORT: '' })).toMatchObject({ UM_REDIS_URL: undefined, PORT: 3000 });
  });

  test('cannot be changed afterwards', () => {
    const settings = readSettings({ UM_SERVICES: 'cart' });
    expect(() => Object.assign(settings, { PORT: 1 })).toThrow(TypeError);
    expect(() => (settings.UM_SERVICES as string[]).push('x')).toThrow(TypeError);
  });

  test('all that is wrong is told at once', () => {
    expect(
      problemsOf({
        PORT: 'http',
        UM_MODE: 'cluster',
        UM_SECRET: 'short',
        UM_PEERS: 'cart:10.0.0.7',
        UM_DATABASE_URL: 'mysql://db',
        UM_SHUTDOWN_MS: '900000',
        UM_DEMO: 'maybe',
        UM_SERVICES: 'Cart;',
        UM_TRUST_PROXY: 'nginx',
      }),
    ).toEqual([
      'PORT is not a whole number (it is "http")',
      expect.stringContaining('UM_TRUST_PROXY is none of'),
      'UM_DATABASE_URL is no address that begins with postgres:// or postgresql://',
      'UM_SERVICES is neither all nor names separated by commas (it is "Cart;")',
      'UM_MODE is none of local, wire, split (it is "cluster")',
      expect.stringContaining('UM_PEERS is not a list like'),
      'UM_SECRET is shorter than 32 characters',
      'UM_DEMO is neither on nor off (it is "maybe")',
      'UM_SHUTDOWN_MS is above 600000 (it is "900000")',
    ]);
  });

  test('the message begins with how many are wrong', () => {
    expect(() => readSettings({ PORT: 'x' })).toThrow(/^A setting is wrong:\n {2}PORT/);
    expect(() => readSettings({ PORT: 'x', UM_MODE: 'x' })).toThrow(/^2 settings are wrong:\n/);
  });

  test('in several processes secret, database and broker must be given', () => {
    expect(problemsOf({ UM_MODE: 'split' })).toEqual(
      ['UM_AMQP_URL', 'UM_DATABASE_URL', 'UM_SECRET'].map((name) => `${name} is needed when UM_MODE is split`),
    );
  });
});

describe('secrets', () => {
  const password = 'correct-horse-battery-staple-of-thirty-two';

  test('are not shown by printing the settings', () => {
    const settings = readSettings({ UM_SECRET: password, UM_DATABASE_URL: `postgres://um:${password}@db/um` });
    expect(`${inspect(settings, { depth: 9 })}${JSON.stringify(settings)}`).not.toContain(password);
    expect(settings.UM_SECRET?.reveal()).toBe(password);
  });

  test('are not shown by the complaint about them', () => {
    const problems = problemsOf({ UM_REDIS_URL: `http://x:${password}@redis` });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain(password);
  });

  test('may come as files', () => {
    const file = path.join(folder(), 'um');
    writeFileSync(file, `${password}\n`);
    expect(readSettings({ UM_SECRET_FILE: file }).UM_SECRET?.reveal()).toBe(password);
    expect(problemsOf({ UM_SECRET_FILE: file, UM_SECRET: password })).toEqual([
      'UM_SECRET and UM_SECRET_FILE are both set',
    ]);
    expect(problemsOf({ UM_SECRET_FILE: `${file}.gone` })).toEqual([
      `UM_SECRET_FILE cannot be read: ENOENT ${file}.gone`,
    ]);
  });

  test('the platform keeps its own when none is given', () => {
    const dir = path.join(folder(), 'data');
    const first = keptSecret(dir);
    expect(first.reveal().length).toBeGreaterThanOrEqual(32);
    expect(keptSecret(dir).reveal()).toBe(first.reveal());
    expect(readdirSync(dir)).toEqual(['secret']);
    expect(statSync(path.join(dir, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('a kept secret that was cut short is not used', () => {
    const dir = folder();
    writeFileSync(path.join(dir, 'secret'), 'abc');
    expect(() => keptSecret(dir)).toThrow('holds no secret');
  });
});

test('a misspelt variable is found', () => {
  expect(unknownSettings(settingsShape, { UM_DATABSE_URL: 'x', UM_SECRET_FILE: 'x', PATH: 'x' })).toEqual([
    'UM_DATABSE_URL',
  ]);
});

test('another part of the platform may add settings of its own', () => {
  const shape = {
    SMTP_URL: optional(secret(z.string()), 'Mail server.', 'mail is only logged'),
    SMTP_FROM: withDefault(z.email(), 'a@b.uz', 'Sender.'),
  };
  expect(readShape(shape, { SMTP_URL: 'smtp://x' })).toMatchObject({ SMTP_FROM: 'a@b.uz' });
  expect(settingsTable(shape)).toContain('| `SMTP_URL` | mail is only logged | Mail server. |');
});

test('every setting is described', () => {
  for (const [name, setting] of Object.entries(settingsShape))
    expect(setting.meta()?.['description'], name).toMatch(/\.$/);
});

test('docs/SETTINGS.md is what the schema says', async () => {
  await expect(settingsDocument()).toMatchFileSnapshot('../../../docs/SETTINGS.md');
});
