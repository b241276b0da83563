import { settingSchemas, type Setting, type SettingKey } from './contract.js';

/** What is known of a setting that was changed. */
export interface Changed {
  readonly key: string;
  readonly value: unknown;
  readonly version: number;
  readonly changed_at: Date;
}

const keys = Object.keys(settingSchemas) as SettingKey[];

/** The default of a setting. */
const defaultOf = (key: SettingKey): unknown => settingSchemas[key].parse(undefined);

/** The value when it fits the setting, else what is wrong with it. */
export function checkValue(
  key: SettingKey,
  value: unknown,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string } {
  const result = settingSchemas[key].unwrap().safeParse(value);
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, problem: result.error.issues.map((issue) => issue.code).join(',') };
}

/**
 * Every setting with its present value. A stored value that no longer fits, since a newer release narrowed the setting,
 * gives way to the default but keeps its version, so that it can be changed.
 */
export function present(changed: readonly Changed[]): Setting[] {
  const byKey = new Map(changed.map((row) => [row.key, row]));
  return keys.map((key) => {
    const row = byKey.get(key);
    if (!row) return { key, value: defaultOf(key), version: 0, changedAt: null };
    const checked = checkValue(key, row.value);
    return {
      key,
      value: checked.ok ? checked.value : defaultOf(key),
      version: row.version,
      changedAt: row.changed_at.toISOString(),
    };
  });
}
