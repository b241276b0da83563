import { contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';

export * from './cache-view.js';

/** Settings that may change while the platform runs, with their types and defaults. */
export const settingSchemas = {
  'shop.name': z.string().min(1).max(60).default('UltraMarket'),
  'orders.pendingMinutes': z.int().min(5).max(1_440).default(30),
  'approvals.ttlHours': z.int().min(1).max(168).default(48),
  'delivery.flatTiyin': z.int().nonnegative().default(2_000_000),
  'delivery.freeFromTiyin': z.int().nonnegative().default(50_000_000),
} as const;
export type SettingKey = keyof typeof settingSchemas;
export const SettingKey = z.enum(Object.keys(settingSchemas) as [SettingKey, ...SettingKey[]]);

export const Setting = z.object({
  key: SettingKey,
  value: z.unknown(),
  version: z.int(),
  changedAt: z.iso.datetime().nullable(),
});
export type Setting = z.infer<typeof Setting>;

/** `version` is the one the admin saw, 0 for a default: a change of something else is refused. */
export const SettingBody = z.strictObject({ key: SettingKey, value: z.unknown(), version: z.int().nonnegative() });
/** What a setting was at an earlier version. */
export const SettingVersion = z.object({
  key: SettingKey,
  value: z.unknown(),
  version: z.int(),
  changedBy: z.uuid().nullable(),
  changedAt: z.iso.datetime(),
});
export type SettingVersion = z.infer<typeof SettingVersion>;

export const settingChanged = event(
  'config.setting-changed.v1',
  z.object({ key: SettingKey, version: z.int() }),
  (p) => p.key,
);

export const config = contract('config', {
  /** Every setting with its present value, defaults included. */
  settings: query(z.object({}), z.array(Setting)),
});

export const configErrors = errors('config', {
  STALE: {
    status: 409,
    message: {
      uz: 'Sozlama boshqa kishi tomonidan oʻzgartirilgan.',
      ru: 'Настройку уже изменил кто-то другой.',
      en: 'Somebody else changed this setting meanwhile.',
    },
  },
  NOTHING_TO_PURGE: {
    status: 400,
    message: {
      uz: 'Nimani oʻchirish kerakligini koʻrsating.',
      ru: 'Укажите, что удалить.',
      en: 'Say what to throw away.',
    },
  },
  BAD_VALUE: {
    status: 400,
    message: {
      uz: 'Bu sozlama uchun qiymat mos emas.',
      ru: 'Недопустимое значение настройки.',
      en: 'This value does not fit the setting.',
    },
  },
});
