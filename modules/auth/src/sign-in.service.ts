import { Inject, Injectable } from '@nestjs/common';
import { HTTP_SECRET, networkOf, newId, record, type Ctx, type Db } from '@um/kernel';
import type { z } from 'zod';
import { accountByEmail, accountById, childrenOfFamily, insertAccount, type AccountRow } from './account.queries.js';
import { attemptScope, passwordAttempts, pinAttempts, takenAttempts } from './attempt.rules.js';
import { Attempts } from './attempts.service.js';
import type { AuthSchema } from './auth.schema.js';
import {
  accountCreated,
  authErrors,
  type ChildSignIn,
  type DeviceChild,
  type SignIn,
  type SignUp,
  type StepUpBody,
} from './contract.js';
import { passwordProblem } from './password.rules.js';
import { hashPassword, passwordFits, pinFits } from './secrets.js';
import { familyOfDevice } from './session.queries.js';
import { Sessions, type Opened, type Person, type Place } from './sessions.service.js';

const personOf = (row: AccountRow): Person => ({
  id: row.id,
  name: row.name,
  roles: row.roles,
  familyId: row.family_id,
});

/** Signing up and in. */
@Injectable()
export class SignInService {
  constructor(
    @Inject('auth.db') private readonly db: Db<AuthSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  /** Opens an adult's account and signs it in. */
  async signUp(ctx: Ctx, body: z.output<typeof SignUp>, place: Place): Promise<Opened> {
    const problem = passwordProblem(body.password, body);
    if (problem) throw authErrors.WEAK_PASSWORD({ problem });
    if (await accountByEmail(this.db, body.email)) return this.#taken(ctx, place);
    const secretHash = await hashPassword(body.password);
    const person: Person = { id: newId(ctx.now), name: body.name, roles: ['parent'], familyId: null };
    return this.sessions.begin(ctx, person, place, async (tx) => {
      const written = await insertAccount(tx, {
        id: person.id,
        kind: 'adult',
        name: body.name,
        email: body.email,
        secret_hash: secretHash,
        roles: person.roles,
        family_id: null,
        avatar: null,
        blocked_at: null,
        created_at: ctx.now,
      });
      if (!written) throw authErrors.EMAIL_TAKEN();
      await record(tx, ctx, accountCreated, {
        accountId: person.id,
        kind: 'adult',
        name: body.name,
        email: body.email,
      });
      await this.sessions.audit(tx, ctx, 'auth.signed-up', person.id, {});
    });
  }

  async #taken(ctx: Ctx, place: Place): Promise<never> {
    await this.attempts.count(ctx, attemptScope('taken', networkOf(place.ip)), takenAttempts);
    throw authErrors.EMAIL_TAKEN();
  }

  /** Signs an adult in. An unknown e-mail costs as much time and gets the same answers as a wrong password. */
  async signIn(ctx: Ctx, body: z.output<typeof SignIn>, place: Place): Promise<Opened> {
    const account = await accountByEmail(this.db, body.email);
    await this.#provePassword(ctx, body.email, account, body.password, place);
    if (!account) throw authErrors.WRONG();
    if (account.blocked_at) throw authErrors.BLOCKED();
    return this.sessions.begin(ctx, personOf(account), place);
  }

  /** The person of this session proves presence again. */
  async stepUp(ctx: Ctx, body: z.output<typeof StepUpBody>, place: Place): Promise<void> {
    const account = await accountById(this.db, ctx.actor!);
    if (!account?.email) throw authErrors.WRONG();
    await this.#provePassword(ctx, account.email, account, body.password, place);
    await this.sessions.stepUp(ctx);
  }

  async #provePassword(
    ctx: Ctx,
    email: string,
    account: AccountRow | undefined,
    password: string,
    place: Place,
  ): Promise<void> {
    const scope = attemptScope('password', email, networkOf(place.ip));
    await this.attempts.count(ctx, scope, passwordAttempts);
    if (!(await passwordFits(account?.secret_hash, password))) {
      if (account) await this.attempts.failed(ctx, account.id);
      throw authErrors.WRONG();
    }
    await this.attempts.forget(scope);
  }

  /** Children who may sign in on this device; none on a device without a family. */
  async childrenHere(place: Place): Promise<z.output<typeof DeviceChild>[]> {
    const familyId = await this.#familyHere(place);
    if (!familyId) return [];
    const rows = await childrenOfFamily(this.db, familyId);
    return rows.map((row) => ({ id: row.id, nickname: row.name, avatar: row.avatar! }));
  }

  /** Signs a child in on a device of its family. Tries are counted per child and device: a sibling cannot lock it out elsewhere. */
  async childSignIn(ctx: Ctx, body: z.output<typeof ChildSignIn>, place: Place): Promise<Opened> {
    const familyId = await this.#familyHere(place);
    const child = familyId ? await accountById(this.db, body.childId) : undefined;
    if (!child || child.kind !== 'child' || child.family_id !== familyId) throw authErrors.DEVICE_UNKNOWN();
    const scope = attemptScope('pin', child.id, place.device!);
    await this.attempts.count(ctx, scope, pinAttempts);
    if (!(await pinFits(this.secret, child.secret_hash, body.pin))) {
      await this.attempts.failed(ctx, child.id);
      throw authErrors.WRONG_PIN();
    }
    await this.attempts.forget(scope);
    if (child.blocked_at) throw authErrors.BLOCKED();
    return this.sessions.begin(ctx, personOf(child), place);
  }

  async #familyHere(place: Place): Promise<string | null> {
    return place.device ? familyOfDevice(this.db, place.device) : null;
  }
}
