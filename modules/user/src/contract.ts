import { contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';

/** The 14 regions of Uzbekistan (ISO 3166-2). */
export const regions = {
  'UZ-TK': { uz: 'Toshkent shahri', ru: 'Город Ташкент', en: 'Tashkent city' },
  'UZ-TO': { uz: 'Toshkent viloyati', ru: 'Ташкентская область', en: 'Tashkent region' },
  'UZ-AN': { uz: 'Andijon', ru: 'Андижанская область', en: 'Andijan' },
  'UZ-BU': { uz: 'Buxoro', ru: 'Бухарская область', en: 'Bukhara' },
  'UZ-FA': { uz: 'Fargʻona', ru: 'Ферганская область', en: 'Fergana' },
  'UZ-JI': { uz: 'Jizzax', ru: 'Джизакская область', en: 'Jizzakh' },
  'UZ-NG': { uz: 'Namangan', ru: 'Наманганская область', en: 'Namangan' },
  'UZ-NW': { uz: 'Navoiy', ru: 'Навоийская область', en: 'Navoi' },
  'UZ-QA': { uz: 'Qashqadaryo', ru: 'Кашкадарьинская область', en: 'Qashqadaryo' },
  'UZ-QR': { uz: 'Qoraqalpogʻiston', ru: 'Каракалпакстан', en: 'Karakalpakstan' },
  'UZ-SA': { uz: 'Samarqand', ru: 'Самаркандская область', en: 'Samarkand' },
  'UZ-SI': { uz: 'Sirdaryo', ru: 'Сырдарьинская область', en: 'Sirdaryo' },
  'UZ-SU': { uz: 'Surxondaryo', ru: 'Сурхандарьинская область', en: 'Surxondaryo' },
  'UZ-XO': { uz: 'Xorazm', ru: 'Хорезмская область', en: 'Khorezm' },
} as const;
export type RegionCode = keyof typeof regions;
export const RegionCode = z.enum(Object.keys(regions) as [RegionCode, ...RegionCode[]]);

/** Where and to whom something is delivered. */
export const Address = z.strictObject({
  name: z.string().trim().min(1).max(80),
  phone: z.string().regex(/^\+998\d{9}$/),
  region: RegionCode,
  city: z.string().trim().min(1).max(80),
  line: z.string().trim().min(3).max(200),
  note: z.string().trim().max(200).optional(),
});
export type Address = z.infer<typeof Address>;
export const SavedAddress = Address.extend({ id: z.uuid(), isDefault: z.boolean() });
export type SavedAddress = z.infer<typeof SavedAddress>;

export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(z.string()),
  locale: z.enum(['uz', 'uz-Cyrl', 'ru', 'en']).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Present in a child's session. */
  child: z.object({ id: z.uuid(), familyId: z.uuid() }).nullable(),
  familyId: z.uuid().nullable(),
  steppedUpUntil: z.iso.datetime().nullable(),
});
export const PatchMe = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  locale: z.enum(['uz', 'uz-Cyrl', 'ru', 'en']).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
});
export type Me = z.infer<typeof Me>;
export const AddressBody = Address.extend({ isDefault: z.boolean().default(false) });
/** How many addresses a person may keep. */
export const MAX_ADDRESSES = 20;

export const profileChanged = event('user.profile-changed.v1', z.object({ accountId: z.uuid() }), (p) => p.accountId);

export const user = contract('user', {
  /** An address of the person; null when it is somebody else's or gone. */
  address: query(z.object({ accountId: z.uuid(), addressId: z.uuid() }), SavedAddress.nullable()),
  /** The default address of the person, if any. */
  defaultAddress: query(z.object({ accountId: z.uuid() }), SavedAddress.nullable()),
});

export const userErrors = errors('user', {
  NAME_BY_PARENT: {
    status: 403,
    message: {
      uz: 'Ismingizni ota-onangiz oʻzgartira oladi.',
      ru: 'Имя может изменить родитель.',
      en: 'A parent can change your name.',
    },
  },
  TOO_MANY_ADDRESSES: {
    status: 409,
    message: {
      uz: 'Manzillar soni chegaraga yetdi. Avval keraksizini oʻchiring.',
      ru: 'Адресов уже слишком много. Сначала удалите ненужный.',
      en: 'You have reached the limit of addresses. Remove one you no longer need first.',
    },
  },
  NO_ADDRESS: { status: 404, message: { uz: 'Manzil topilmadi.', ru: 'Адрес не найден.', en: 'Address not found.' } },
});
