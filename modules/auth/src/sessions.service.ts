import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, newId, record, type Ctx, type Db, type Tx } from '@um/kernel';
import type { AuthSchema } from './auth.schema.js';
import { sessionsChanged, type AccountRole, type Account } from './contract.js';
import { SessionCache } from './session.cache.js';
import {
  deleteSession,
  deleteSessions,
  insertSession,
  keepDevice,
  liveSession,
  markSteppedUp,
  pairDevice,
  sessionsOf,
  touchSession,
} from './session.queries.js';
import {
  deviceLabel,
  expiryOf,
  identityOf,
  looksLikeToken,
  newToken,
  tokenHash,
  worthNoting,
  type LiveSession,
} from './session.rules.js';

/** Where a request comes from. */
export interface Place {
  readonly ip: string;
  readonly agent: string;
  /** Device id of the signed cookie, when there is a true one. */
  readonly device: string | undefined;
}

/** A session that has just begun. */
export interface Opened {
  readonly token: string;
  readonly device: string;
  readonly expiresAt: Date;
  readonly account: { readonly id: string; readonly name: string; readonly roles: AccountRole[] };
}

/** What a session is begun for. */
export type Person = Pick<Account, 'id' | 'name' | 'roles' | 'familyId'>;

/** Beginning, knowing and ending sessions. */
@Injectable()
export class Sessions {
  constructor(
    @Inject('auth.db') private readonly db: Db<AuthSchema>,
    @Inject(SessionCache) private readonly cache: SessionCache,
  ) {}

  /** Who the token speaks for, or null. Asked for every request: the answer comes from memory most of the time. */
  async identify(ctx: Ctx, token: string) {
    if (!looksLikeToken(token)) return null;
    const hash = tokenHash(token);
    const key = hash.toString('base64url');
    const known = this.cache.get(key, ctx.now) ?? (await this.#load(ctx, hash, key));
    return known ? identityOf(known) : null;
  }

  async #load(ctx: Ctx, hash: Buffer, key: string): Promise<LiveSession | undefined> {
    const { generation } = this.cache;
    const row = await liveSession(this.db, hash, ctx.now);
    if (!row) return undefined;
    const session = worthNoting(row.last_seen_at, ctx.now) ? await this.#touch(ctx, row) : row;
    this.cache.put(key, session, ctx.now, generation);
    return session;
  }

  async #touch(ctx: Ctx, row: LiveSession): Promise<LiveSession> {
    const expiresAt = expiryOf(row.roles, row.created_at, ctx.now);
    await touchSession(this.db, row.id, ctx.now, expiresAt);
    return { ...row, last_seen_at: ctx.now, expires_at: expiresAt };
  }

  /**
   * Begins a session on the device of the request and ends the one the request came with: a browser has one person at a time.
   * `first` runs at the start of the same transaction.
   */
  async begin(
    ctx: Ctx,
    person: Person,
    place: Place,
    first: (tx: Tx<AuthSchema>) => Promise<void> = async () => undefined,
  ): Promise<Opened> {
    const token = newToken();
    const device = place.device ?? newId(ctx.now);
    const expiresAt = expiryOf(person.roles, ctx.now, ctx.now);
    await inTx(this.db, async (tx) => {
      await first(tx);
      await this.#leave(tx, ctx);
      await this.#useDevice(tx, ctx, person, device);
      await this.#write(tx, ctx, {
        token,
        accountId: person.id,
        device,
        label: deviceLabel(place.agent),
        expiresAt,
        presence: !person.roles.includes('child'),
      });
    });
    if (ctx.actor) this.cache.forgetAccount(ctx.actor);
    return { token, device, expiresAt, account: { id: person.id, name: person.name, roles: person.roles } };
  }

  async #leave(tx: Tx<AuthSchema>, ctx: Ctx): Promise<void> {
    if (!ctx.actor || !ctx.session) return;
    await deleteSession(tx, ctx.actor, ctx.session);
    await record(tx, ctx, sessionsChanged, { accountId: ctx.actor });
  }

  /** An adult with a family makes the device one of the family's: its children may sign in there. */
  async #useDevice(tx: Tx<AuthSchema>, ctx: Ctx, person: Person, device: string): Promise<void> {
    await keepDevice(tx, device, ctx.now);
    if (person.familyId && !person.roles.includes('child')) await pairDevice(tx, device, person.familyId, ctx.now);
  }

  async #write(
    tx: Tx<AuthSchema>,
    ctx: Ctx,
    s: { token: string; accountId: string; device: string; label: string; expiresAt: Date; presence: boolean },
  ): Promise<void> {
    const id = newId(ctx.now);
    await insertSession(tx, {
      id,
      token_hash: tokenHash(s.token),
      account_id: s.accountId,
      device_id: s.device,
      label: s.label,
      created_at: ctx.now,
      last_seen_at: ctx.now,
      expires_at: s.expiresAt,
      stepped_up_at: s.presence ? ctx.now : null,
    });
    await record(
      tx,
      ctx,
      auditRecorded,
      auditEntry(ctx, {
        action: 'auth.signed-in',
        subject: `account:${s.accountId}`,
        detail: { session: id, device: s.device },
        actor: s.accountId,
      }),
    );
  }

  /** The live sessions of the person, the latest used first. */
  async list(ctx: Ctx) {
    const rows = await sessionsOf(this.db, ctx.actor!, ctx.now);
    return rows.map((row) => ({
      id: row.id,
      current: row.id === ctx.session,
      device: row.label,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    }));
  }

  /** Ends one of the person's own sessions; false when there is none of that id. */
  async end(ctx: Ctx, id: string): Promise<boolean> {
    return this.change(ctx, ctx.actor!, async (tx) => {
      const ended = await deleteSession(tx, ctx.actor!, id);
      if (ended) await this.audit(tx, ctx, 'auth.signed-out', ctx.actor!, { session: id });
      return ended;
    });
  }

  /** Ends every session of the person, this one too. */
  async endAll(ctx: Ctx): Promise<void> {
    await this.change(ctx, ctx.actor!, async (tx) => {
      const ended = await deleteSessions(tx, ctx.actor!);
      await this.audit(tx, ctx, 'auth.signed-out-everywhere', ctx.actor!, { sessions: ended });
    });
  }

  /** The person of this session has just proved presence again. */
  async stepUp(ctx: Ctx): Promise<void> {
    await this.change(ctx, ctx.actor!, async (tx) => {
      await markSteppedUp(tx, ctx.session!, ctx.now);
      await this.audit(tx, ctx, 'auth.stepped-up', ctx.actor!, { session: ctx.session! });
    });
  }

  /** Runs a change of what an account's sessions may do, tells every process of it, and forgets here what was known. */
  async change<T>(ctx: Ctx, accountId: string, work: (tx: Tx<AuthSchema>) => Promise<T>): Promise<T> {
    const answer = await inTx(this.db, async (tx) => {
      const result = await work(tx);
      await record(tx, ctx, sessionsChanged, { accountId });
      return result;
    });
    this.cache.forgetAccount(accountId);
    return answer;
  }

  /** Writes what was done to an account into the audit log. */
  audit(
    tx: Tx<AuthSchema>,
    ctx: Ctx,
    action: string,
    accountId: string,
    detail: Record<string, string | number | boolean | null>,
  ): Promise<void> {
    return record(tx, ctx, auditRecorded, auditEntry(ctx, { action, subject: `account:${accountId}`, detail }));
  }
}
