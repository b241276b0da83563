import { Inject, Injectable } from '@nestjs/common';
import {
  cursorScope,
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  record,
  type Ctx,
  type Db,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import { listAccounts, lockAccount, lockAdmins, updateAccount, type AccountRow } from './account.queries.js';
import { asAccount } from './auth.service.js';
import type { AuthSchema } from './auth.schema.js';
import {
  authErrors,
  roleChanged,
  type Account,
  type AccountFilter,
  type BlockBody,
  type RolesBody,
} from './contract.js';
import { leavesNoAdmin, mayHold } from './role.rules.js';
import { deleteSessions } from './session.queries.js';
import { Sessions } from './sessions.service.js';

/** What admins do with accounts. */
@Injectable()
export class AccountsAdminService {
  constructor(
    @Inject('auth.db') private readonly db: Db<AuthSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /** Accounts, the newest first, by the beginning of e-mail or name and by role. */
  async list(_ctx: Ctx, filter: z.output<typeof AccountFilter>): Promise<Page<Account>> {
    const scope = cursorScope('auth.accounts', 'newest', { role: filter.role, q: filter.q });
    const before = decodeCursor(this.secret, scope, filter.cursor)?.[0];
    const rows = await listAccounts(this.db, {
      q: filter.q,
      role: filter.role,
      before: before?.toString(),
      limit: filter.limit + 1,
    });
    const items = rows.slice(0, filter.limit);
    const more = rows.length > filter.limit;
    return {
      items: items.map(asAccount),
      nextCursor: more ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null,
    };
  }

  /** Replaces the roles of an account; they hold from its next request on. */
  async setRoles(ctx: Ctx, id: string, { roles, reason }: z.output<typeof RolesBody>): Promise<Account> {
    return this.sessions.change(ctx, id, async (tx) => {
      const account = await this.#lock(tx, id, !roles.includes('admin'));
      if (!mayHold(account.kind, roles)) throw authErrors.BAD_ROLES();
      await updateAccount(tx, id, { roles });
      await record(tx, ctx, roleChanged, { accountId: id, roles });
      await this.sessions.audit(tx, ctx, 'auth.roles-changed', id, {
        from: account.roles.join(','),
        to: roles.join(','),
        reason,
      });
      return asAccount({ ...account, roles });
    });
  }

  /** Blocks an account and ends its sessions at once, or lets it in again. */
  async setBlocked(ctx: Ctx, id: string, { blocked, reason }: z.output<typeof BlockBody>): Promise<Account> {
    return this.sessions.change(ctx, id, async (tx) => {
      const account = await this.#lock(tx, id, blocked);
      const blockedAt = blocked ? (account.blocked_at ?? ctx.now) : null;
      await updateAccount(tx, id, { blocked_at: blockedAt });
      const ended = blocked ? await deleteSessions(tx, id) : 0;
      await this.sessions.audit(tx, ctx, blocked ? 'auth.blocked' : 'auth.unblocked', id, { reason, sessions: ended });
      return asAccount({ ...account, blocked_at: blockedAt });
    });
  }

  /** Locks the account; when it would stop being an admin, makes sure that another remains. Admins are locked first and in one order. */
  async #lock(tx: Tx<AuthSchema>, id: string, stopsBeingAdmin: boolean): Promise<AccountRow> {
    if (stopsBeingAdmin && leavesNoAdmin(await lockAdmins(tx), id)) throw authErrors.LAST_ADMIN();
    const account = await lockAccount(tx, id);
    if (!account) throw authErrors.NOT_FOUND();
    return account;
  }
}
