import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, record, type Ctx, type Db, type Handlers } from '@um/kernel';
import type { z } from 'zod';
import { changedSettings, historyOf, writeSetting } from './config.queries.js';
import type { ConfigSchema } from './config.schema.js';
import {
  configErrors,
  settingChanged,
  type config,
  type Setting,
  type SettingBody,
  type SettingKey,
  type SettingVersion,
} from './contract.js';
import { checkValue, present } from './setting.rules.js';

/** How long the settings are believed when no fact tells of a change, in ms. */
const BELIEVED_MS = 30_000;
const HISTORY = 50;

/** Settings that may change while the platform runs. */
@Injectable()
export class ConfigService implements Handlers<typeof config> {
  #known: { readonly settings: Setting[]; readonly until: number } | undefined;
  #generation = 0;

  constructor(@Inject('config.db') private readonly db: Db<ConfigSchema>) {}

  /** Every setting with its present value; from memory until one of them changes. */
  async settings(ctx: Ctx): Promise<Setting[]> {
    if (this.#known && this.#known.until > ctx.now.getTime()) return this.#known.settings;
    const generation = this.#generation;
    const settings = present(await changedSettings(this.db));
    if (generation === this.#generation) this.#known = { settings, until: ctx.now.getTime() + BELIEVED_MS };
    return settings;
  }

  /** Forgets what is known: a setting has changed, here or in another process. */
  forget(): void {
    this.#generation++;
    this.#known = undefined;
  }

  /** Gives a setting another value, unless somebody else did since the admin looked. */
  async change(ctx: Ctx, body: z.output<typeof SettingBody>): Promise<Setting> {
    const checked = checkValue(body.key, body.value);
    if (!checked.ok) throw configErrors.BAD_VALUE({ key: body.key, problem: checked.problem });
    const version = body.version + 1;
    await inTx(this.db, async (tx) => {
      if (!(await writeSetting(tx, ctx, { key: body.key, value: checked.value, seen: body.version })))
        throw configErrors.STALE({ key: body.key });
      await record(tx, ctx, settingChanged, { key: body.key, version });
      const detail = { version, value: JSON.stringify(checked.value) };
      await record(
        tx,
        ctx,
        auditRecorded,
        auditEntry(ctx, { action: 'config.setting-changed', subject: `setting:${body.key}`, detail }),
      );
    });
    this.forget();
    return { key: body.key, value: checked.value, version, changedAt: ctx.now.toISOString() };
  }

  /** The latest values a setting had, the newest first. */
  async history(_ctx: Ctx, key: SettingKey): Promise<SettingVersion[]> {
    const rows = await historyOf(this.db, key, HISTORY);
    return rows.map((row) => ({
      key: row.key,
      value: row.value,
      version: row.version,
      changedBy: row.changed_by,
      changedAt: row.changed_at.toISOString(),
    }));
  }
}
