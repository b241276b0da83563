import { audit, auditRecorded, type AuditEntry, type AuditRow } from '@um/audit';
import { anAdmin, Browser } from '@um/auth/testing';
import { inTx, newId, record, systemCtx, type Db, type StandardTables } from '@um/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPlatform } from '@um/server/testing';

let p: Awaited<ReturnType<typeof testPlatform>>;
let admin: Browser;

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth'] });
  ({ admin } = await anAdmin(p));
  await p.settle();
});
afterAll(async () => {
  await p.stop();
  expect(p.bugs).toEqual([]);
});

const ctx = () => systemCtx(p.clock.now());
const sql = (text: string) => p.rows('audit', text);
const verify = () => p.wire.client(audit).verify(ctx(), {});
interface Rows {
  readonly items: AuditRow[];
  readonly nextCursor: string | null;
}
const list = async (query = '') => (await admin.get<Rows>(`/admin/audit${query}`)).body;

/** Records actions as a context does, and lets them arrive. */
async function act(...entries: Partial<AuditEntry>[]): Promise<void> {
  const db = p.databases.get('auth') as Db<StandardTables>;
  await inTx(db, async (tx) => {
    for (const entry of entries) {
      await record(tx, ctx(), auditRecorded, {
        action: 'order.placed',
        actor: null,
        subject: 'order:1',
        detail: { total: 5 },
        requestId: 'request-1',
        at: ctx().now.toISOString(),
        ...entry,
      });
    }
  });
  await p.settle();
}

/** Does what only the owner of the tables can do, and puts it right again afterwards. */
async function tampering(
  damage: string,
  check: (found: { rows: number; firstBroken: number | null }) => void,
): Promise<void> {
  await sql('create table kept as select * from entry; create table kept_head as select * from head');
  const off = 'alter table entry disable trigger user; alter table head disable trigger user;';
  try {
    await sql(`${off} ${damage}`);
    check(await verify());
  } finally {
    await sql(`${off} truncate entry; insert into entry select * from kept; truncate head; insert into head select * from kept_head; drop table kept, kept_head;
      alter table entry enable trigger user; alter table head enable trigger user`);
  }
  expect((await verify()).firstBroken).toBeNull();
}

describe('the log', () => {
  test('keeps what contexts record, each action once and in order', async () => {
    const subject = `order:${newId()}`;
    await act(
      { subject, action: 'order.placed' },
      { subject, action: 'order.paid', detail: { b: 2, a: 'x', c: null } },
    );
    const { items } = await list(`?subject=${subject}`);
    expect(items.map((i) => i.action)).toEqual(['order.paid', 'order.placed']);
    expect(items[0]).toMatchObject({
      detail: { a: 'x', b: 2, c: null },
      requestId: 'request-1',
      seq: items[1]!.seq + 1,
    });
  });

  test('is not confused by an action delivered twice', async () => {
    const subject = `order:${newId()}`;
    await act({ subject });
    await p.rows(
      'auth',
      `update outbox set state = 'pending', done_at = null where name = 'audit.recorded.v1' and aggregate = '${subject}'`,
    );
    await p.settle();
    expect((await list(`?subject=${subject}`)).items).toHaveLength(1);
  });

  test('holds the whole sign-up', async () => {
    const { account } = await new Browser(p.fastify).signUp();
    await p.settle();
    const { items } = await list(`?subject=account:${account.id}`);
    expect(items.map((i) => i.action)).toEqual(['auth.signed-in', 'auth.signed-up']);
    expect(JSON.stringify(items)).not.toContain('@example.com');
  });

  test('refuses to be changed, shortened or emptied', async () => {
    await act({});
    await expect(sql(`update entry set action = 'order.paid'`)).rejects.toThrow('append only');
    await expect(sql('delete from entry where seq = 1')).rejects.toThrow('append only');
    await expect(sql('truncate entry')).rejects.toThrow('append only');
    await expect(sql('delete from head')).rejects.toThrow('append only');
    await expect(sql('truncate head')).rejects.toThrow('append only');
    await expect(sql('update head set seq = seq - 1')).rejects.toThrow('append only');
    await expect(sql(`update head set seq = seq + 1`)).rejects.toThrow('append only');
  });

  test('grows by one chain, however many processes append at once', async () => {
    const before = await verify();
    const db = p.databases.get('auth') as Db<StandardTables>;
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        inTx(db, (tx) =>
          record(tx, ctx(), auditRecorded, {
            action: 'cart.emptied',
            actor: null,
            subject: `cart:${n}`,
            detail: {},
            requestId: 'r',
            at: ctx().now.toISOString(),
          }),
        ),
      ),
    );
    await Promise.all([p.settle(), p.settle(), p.settle()]);
    expect(await verify()).toMatchObject({ rows: before.rows + 30, firstBroken: null });
  });
});

describe('the check of the chain', () => {
  beforeAll(async () => {
    await act({}, {}, {}, {}, {}, {});
  });

  test('finds nothing wrong with what was written', async () => {
    const found = await verify();
    expect(found.firstBroken).toBeNull();
    expect(found.rows).toBeGreaterThan(6);
    expect(found.head).toBe((await list('?limit=1')).items[0]!.hash);
  });

  test.each([
    ['a changed action', `update entry set action = 'order.cancelled' where seq = 3`, 3],
    ['a changed actor', `update entry set actor = '019a0000-0000-7000-8000-000000000000' where seq = 3`, 3],
    ['a changed detail', `update entry set detail = '{"total": 6}' where seq = 3`, 3],
    ['a changed time', `update entry set at = at + interval '1 ms' where seq = 3`, 3],
    ['a removed row', 'delete from entry where seq = 4', 4],
    ['a removed first row', 'delete from entry where seq = 1', 1],
    [
      'two swapped rows',
      'update entry set seq = -seq, hash = hash where false; alter table entry drop constraint entry_seq_check; update entry set seq = -2 where seq = 2; update entry set seq = 2 where seq = 5; update entry set seq = 5 where seq = -2; alter table entry add check (seq > 0)',
      2,
    ],
    [
      'a row moved up after another was removed',
      'delete from entry where seq = 3; update entry set seq = 3 where seq = 4',
      3,
    ],
  ])('finds %s', (_name, damage, at) => tampering(damage, ({ firstBroken }) => expect(firstBroken).toBe(at)));

  test('finds missing newest rows', async () => {
    const { rows } = await verify();
    await tampering(`delete from entry where seq > ${rows - 2}`, ({ firstBroken }) =>
      expect(firstBroken).toBe(rows - 1),
    );
  });

  test('finds an emptied log', () => tampering('delete from entry', ({ firstBroken }) => expect(firstBroken).toBe(1)));

  test('finds a row that was written past the log', async () => {
    const { rows } = await verify();
    await tampering(
      `insert into entry select seq + 1, action, actor, subject, detail, request_id, at, hash, sha256(hash) from entry where seq = ${rows}`,
      ({ firstBroken }) => expect(firstBroken).toBe(rows + 1),
    );
  });

  test('finds an end that points at another hash', async () => {
    const { rows } = await verify();
    await tampering(`update head set hash = sha256(hash)`, ({ firstBroken }) => expect(firstBroken).toBe(rows));
  });
});

describe('reading the log', () => {
  test('is for admins', async () => {
    const other = new Browser(p.fastify);
    expect((await other.get('/admin/audit')).status).toBe(401);
    await other.signUp();
    expect((await other.get('/admin/audit')).status).toBe(403);
  });

  test('pages through every row once, the newest first', async () => {
    await p.settle();
    const seqs: number[] = [];
    let cursor: string | null = null;
    do {
      const got: Rows = await list(`?limit=7${cursor ? `&cursor=${cursor}` : ''}`);
      seqs.push(...got.items.map((i) => i.seq));
      cursor = got.nextCursor;
    } while (cursor);
    const { rows } = await verify();
    expect(seqs).toEqual(Array.from({ length: rows }, (_, n) => rows - n));
  });

  test('finds an action, and all actions under a word', async () => {
    const subject = `order:${newId()}`;
    await act(
      { subject, action: 'order.paid' },
      { subject, action: 'order.paid-back' },
      { subject, action: 'orders.other' },
    );
    expect((await list(`?subject=${subject}&action=order.paid`)).items.map((i) => i.action)).toEqual(['order.paid']);
    expect((await list(`?subject=${subject}&action=order`)).items).toHaveLength(2);
    expect((await admin.get('/admin/audit?action=order%25')).status).toBe(400);
  });

  test('refuses a cursor that was not made for this list', async () => {
    const { nextCursor } = await list('?limit=1&action=order');
    expect(nextCursor).not.toBeNull();
    expect((await admin.get(`/admin/audit?limit=1&cursor=${nextCursor}`)).status).toBe(400);
  });
});
