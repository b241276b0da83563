import { inspect } from 'node:util';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { Secret } from '../secret.js';
import { createLogger, logRequest, type Logger, type LoggerOptions } from './logger.js';
import { prettyLine } from './pretty.js';
import { isPrivate, redact, scrub } from './redact.js';

/** A logger and what it wrote. */
function listen(options: Partial<LoggerOptions> = {}): {
  logger: Logger;
  lines: () => Record<string, unknown>[];
  text: () => string;
} {
  let text = '';
  const out = { write: (line: string) => void (text += line) };
  const logger = createLogger({ service: 'test', level: 'debug', pretty: false, out, ...options });
  const lines = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, text: () => text };
}

describe('a line', () => {
  test('says when, how grave, who and what', () => {
    const { logger, lines } = listen();
    logger.info({ requestId: 'r-1', count: 2 }, 'done');
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        service: 'test',
        requestId: 'r-1',
        count: 2,
        msg: 'done',
      },
    ]);
  });

  test('carries the fields of the child that wrote it', () => {
    const { logger, lines } = listen();
    logger.child({ context: 'shelf' }).child({ requestId: 'r-2' }).warn('low');
    expect(lines()[0]).toMatchObject({ service: 'test', context: 'shelf', requestId: 'r-2', msg: 'low' });
  });

  test('below the level is not written', () => {
    const { logger, lines } = listen({ level: 'warn' });
    logger.info('quiet');
    expect(lines()).toEqual([]);
  });
});

describe('nothing private is logged', () => {
  const fields = [
    'password',
    'newPassword',
    'PIN',
    'pinHash',
    'token',
    'x-cart-token',
    'refreshToken',
    'cookie',
    'Set-Cookie',
    'authorization',
    'apiKey',
    'phone',
    'email',
    'birthDate',
    'birth_date',
    'nickname',
    'address',
    'cardNumber',
    'clientSecret',
  ];

  test.each(fields)('not a %s, at any depth', (name) => {
    const { logger, text } = listen();
    logger.info({ [name]: 'hunter2' }, 'flat');
    logger.info({ a: [{ b: { c: { [name]: { deep: 'hunter2' } } } }] }, 'deep');
    logger.child({ [name]: 'hunter2' }).info('child');
    expect(text()).not.toContain('hunter2');
    expect(text().match(/\[redacted\]/g)).toHaveLength(3);
  });

  test.each(['orderId', 'status', 'route', 'code', 'name', 'shippingMethod', 'pinned', 'ms', 'tokens'])(
    'but a %s is',
    (name) => {
      expect(isPrivate(name)).toBe(false);
    },
  );

  test.each([
    ['an e-mail address', 'no account for aziza.k+1@mail.example.uz here', 'no account for [email] here'],
    ['a phone number', 'call +998 90 123-45-67 or 998901234567', 'call [phone] or [phone]'],
    ['a bearer token', 'sent Authorization: Bearer abcdef0123456789', 'sent Authorization: Bearer [redacted]'],
    ['a connection string', 'postgres://um:pa55@db:5432/um refused', 'postgres://um:[redacted]@db:5432/um refused'],
  ])('not %s inside a text', (_what, dirty, clean) => {
    expect(scrub(dirty)).toBe(clean);
    const { logger, lines } = listen();
    logger.info({ note: dirty }, dirty);
    expect(lines()[0]).toMatchObject({ note: clean, msg: clean });
  });

  test('ids and amounts stay as they are', () => {
    const text = '0199a5c2-998e-7b01-8c2d-998901234567 costs 998901234567890 tiyin';
    expect(scrub('order 0199a5c2-1111-7b01-8c2d-000000000000 of 1500000')).toBe(
      'order 0199a5c2-1111-7b01-8c2d-000000000000 of 1500000',
    );
    expect(scrub(text)).toContain('998901234567890 tiyin');
  });

  test('not the row that the database refused', () => {
    const error = new pg.DatabaseError('duplicate key value violates unique constraint "account_email"', 90, 'error');
    Object.assign(error, {
      code: '23505',
      detail: 'Key (email)=(aziza@mail.uz) already exists.',
      parameters: ['hunter2'],
    });
    const { logger, lines, text } = listen();
    logger.error({ err: error }, 'sign-up');
    logger.error(error);
    expect(text()).not.toMatch(/aziza|hunter2/);
    for (const line of lines())
      expect(line['err']).toMatchObject({
        type: 'error',
        code: '23505',
        message: expect.stringContaining('duplicate key'),
        stack: expect.stringContaining('log.test'),
      });
  });

  test('the cause of an error is told, without what it carries', () => {
    const cause = Object.assign(new Error('refused for b@c.uz'), { headers: { cookie: 'hunter2' } });
    const { logger, lines, text } = listen();
    logger.error({ err: new Error('outer', { cause }) }, 'x');
    expect(lines()[0]).toMatchObject({ err: { message: 'outer', cause: { message: 'refused for [email]' } } });
    expect(text()).not.toContain('hunter2');
  });

  test('not a secret, whatever its field is called', () => {
    const { logger, text } = listen();
    logger.info({ key: new Secret('hunter2') }, 'x');
    expect(text()).toContain('"key":"[secret]"');
  });

  test('and what cannot be shown does no harm', () => {
    const loop: Record<string, unknown> = { bytes: Buffer.from('hunter2'), big: 12n, at: new Date(0), nothing: null };
    loop['self'] = loop;
    const shown = redact(loop);
    expect(shown).toMatchObject({ bytes: '[7 bytes]', big: '12', nothing: null });
    expect(inspect(shown, { depth: 20 })).toContain('[deep]');
    expect(redact({ long: 'x'.repeat(5_000) })['long']).toMatch(/… \(5000 characters\)$/);
  });
});

describe('a request', () => {
  const finished = {
    method: 'GET',
    route: '/api/v1/things/:id',
    status: 200,
    seconds: 0.012_34,
    requestId: 'r-3',
    actor: null,
  };

  test('is one line', () => {
    const { logger, lines } = listen();
    logRequest(logger, finished);
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        requestId: 'r-3',
        method: 'GET',
        route: '/api/v1/things/:id',
        status: 200,
        ms: 12.3,
        msg: 'request',
      }),
    ]);
    expect(lines()[0]).not.toHaveProperty('actor');
  });

  test.each([
    [404, '/api/v1/things/:id', 'info'],
    [503, '/api/v1/things/:id', 'error'],
    [200, '/health/live', 'debug'],
    [500, '/health/ready', 'error'],
  ])('that ended with %i at %s is logged as %s', (status, route, level) => {
    const { logger, lines } = listen();
    logRequest(logger, { ...finished, status, route });
    expect(lines()[0]?.['level']).toBe(level);
  });
});

describe('for people', () => {
  test('a line is short and its stack readable', () => {
    const { logger, text } = listen({ pretty: true });
    logger.warn({ route: '/x', note: 'two words', err: new Error('broken') }, 'something');
    expect(text()).toMatch(
      /^[\d:.]{12} WARN {2}test something route=\/x note="two words"\n {4}Error: broken\n {4} {4}at /,
    );
  });

  test('colours are there when wanted', () => {
    expect(prettyLine('{"level":"error","time":"2026-01-31T10:11:12.345Z","msg":"m"}', true)).toContain(
      '\u001B[31mERROR\u001B[39m',
    );
  });

  test('what is not JSON passes as it is', () => {
    expect(prettyLine('plain text\n', false)).toBe('plain text\n');
  });
});
