import { Inject, Injectable } from '@nestjs/common';
import { HTTP_SECRET, inTx, newId, record, type Ctx, type Db, type Handlers, type Tx } from '@um/kernel';
import {
  accountByEmail,
  accountById,
  insertAccount,
  lockAccount,
  updateAccount,
  type AccountRow,
} from './account.queries.js';
import type { AuthSchema } from './auth.schema.js';
import { accountCreated, authErrors, roleChanged, type Account, type AccountRole, type auth } from './contract.js';
import { mayHold, withRole } from './role.rules.js';
import { hashPassword, hashPin } from './secrets.js';
import { deleteSessions, pairDevicesOf } from './session.queries.js';
import { Sessions } from './sessions.service.js';

/** What a command without an answer answers. */
type Done = Record<string, never>;

/** An account as other contexts see it. */
export const asAccount = (row: AccountRow): Account => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  email: row.email,
  roles: row.roles,
  familyId: row.family_id,
  blocked: row.blocked_at !== null,
  createdAt: row.created_at.toISOString(),
});

/** What auth answers to other contexts. */
@Injectable()
export class AuthService implements Handlers<typeof auth> {
  constructor(
    @Inject('auth.db') private readonly db: Db<AuthSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  identify(ctx: Ctx, { token }: { token: string }) {
    return this.sessions.identify(ctx, token);
  }

  async account(_ctx: Ctx, { id }: { id: string }): Promise<Account | null> {
    const row = await accountById(this.db, id);
    return row ? asAccount(row) : null;
  }

  async accountByEmail(_ctx: Ctx, { email }: { email: string }): Promise<Account | null> {
    const row = await accountByEmail(this.db, email.toLowerCase());
    return row ? asAccount(row) : null;
  }

  /** The devices the adult is signed in on become the family's. */
  async joinFamily(ctx: Ctx, { accountId, familyId }: { accountId: string; familyId: string }): Promise<Done> {
    await this.sessions.change(ctx, accountId, async (tx) => {
      const account = await this.#adult(tx, accountId);
      if (account.family_id === familyId) return;
      await updateAccount(tx, accountId, { family_id: familyId });
      await pairDevicesOf(tx, accountId, familyId, ctx.now);
      await this.sessions.audit(tx, ctx, 'auth.family-joined', accountId, { family: familyId });
    });
    return {};
  }

  /** Asking again for the same child changes nothing. */
  async openChild(
    ctx: Ctx,
    child: { childId: string; familyId: string; nickname: string; avatar: string; pin: string },
  ): Promise<Done> {
    const secretHash = await hashPin(this.secret, child.pin);
    await inTx(this.db, async (tx) => {
      const opened = await insertAccount(tx, {
        id: child.childId,
        kind: 'child',
        name: child.nickname,
        email: null,
        secret_hash: secretHash,
        roles: ['child'],
        family_id: child.familyId,
        avatar: child.avatar,
        blocked_at: null,
        created_at: ctx.now,
      });
      if (!opened) return;
      await record(tx, ctx, accountCreated, {
        accountId: child.childId,
        kind: 'child',
        name: child.nickname,
        email: null,
      });
      await this.sessions.audit(tx, ctx, 'auth.child-opened', child.childId, { family: child.familyId });
    });
    return {};
  }

  async describe(
    _ctx: Ctx,
    { accountId, name, avatar }: { accountId: string; name: string; avatar?: string | undefined },
  ): Promise<Done> {
    if (!(await updateAccount(this.db, accountId, { name, ...(avatar === undefined ? {} : { avatar }) })))
      throw authErrors.NOT_FOUND();
    return {};
  }

  /** Whoever knew the old PIN is signed out with it. */
  async setChildPin(ctx: Ctx, { childId, pin }: { childId: string; pin: string }): Promise<Done> {
    const secretHash = await hashPin(this.secret, pin);
    await this.sessions.change(ctx, childId, async (tx) => {
      const account = await lockAccount(tx, childId);
      if (account?.kind !== 'child') throw authErrors.NOT_FOUND();
      await updateAccount(tx, childId, { secret_hash: secretHash });
      await deleteSessions(tx, childId);
      await this.sessions.audit(tx, ctx, 'auth.pin-changed', childId, {});
    });
    return {};
  }

  async grantRole(ctx: Ctx, { accountId, role }: { accountId: string; role: AccountRole }): Promise<Done> {
    await this.sessions.change(ctx, accountId, async (tx) => {
      const account = await lockAccount(tx, accountId);
      if (!account) throw authErrors.NOT_FOUND();
      const roles = withRole(account.roles, role);
      if (!mayHold(account.kind, roles)) throw authErrors.BAD_ROLES();
      if (roles.length === account.roles.length) return;
      await updateAccount(tx, accountId, { roles });
      await record(tx, ctx, roleChanged, { accountId, roles });
      await this.sessions.audit(tx, ctx, 'auth.role-granted', accountId, { role });
    });
    return {};
  }

  /** The password rule is for people who choose one; whoever calls this has chosen already. */
  async openAccount(
    ctx: Ctx,
    input: { email: string; password: string; name: string; roles: AccountRole[] },
  ): Promise<{ accountId: string }> {
    const email = input.email.toLowerCase();
    const known = await accountByEmail(this.db, email);
    if (known) return { accountId: known.id };
    if (!mayHold('adult', input.roles)) throw authErrors.BAD_ROLES();
    const secretHash = await hashPassword(input.password);
    const id = newId(ctx.now);
    await inTx(this.db, async (tx) => {
      const opened = await insertAccount(tx, {
        id,
        kind: 'adult',
        name: input.name,
        email,
        secret_hash: secretHash,
        roles: input.roles,
        family_id: null,
        avatar: null,
        blocked_at: null,
        created_at: ctx.now,
      });
      if (!opened) return;
      await record(tx, ctx, accountCreated, { accountId: id, kind: 'adult', name: input.name, email });
      await this.sessions.audit(tx, ctx, 'auth.account-opened', id, { roles: input.roles.join(',') });
    });
    const account = await accountByEmail(this.db, email);
    if (!account) throw new Error('the account that has just been opened is gone');
    return { accountId: account.id };
  }

  async #adult(tx: Tx<AuthSchema>, id: string): Promise<AccountRow> {
    const account = await lockAccount(tx, id);
    if (account?.kind !== 'adult') throw authErrors.NOT_FOUND();
    return account;
  }
}
