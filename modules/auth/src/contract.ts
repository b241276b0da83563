import { command, contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';

export const AccountId = z.uuid();
export const AccountRole = z.enum(['child', 'parent', 'seller', 'moderator', 'admin']);
export type AccountRole = z.infer<typeof AccountRole>;

/** Who a session speaks for. */
export const SessionIdentity = z.object({
  actor: z.uuid(),
  roles: z.array(AccountRole),
  child: z.object({ id: z.uuid(), familyId: z.uuid() }).optional(),
  family: z.uuid().optional(),
  session: z.uuid(),
  steppedUpAt: z.coerce.date().optional(),
});

export const Account = z.object({
  id: AccountId,
  kind: z.enum(['adult', 'child']),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(AccountRole),
  familyId: z.uuid().nullable(),
  blocked: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Account = z.infer<typeof Account>;

/** HTTP bodies. */
export const SignUp = z.strictObject({
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(10).max(200),
  name: z.string().trim().min(1).max(80),
});
export const SignIn = z.strictObject({ email: z.string().max(254).toLowerCase(), password: z.string().max(200) });
export const StepUpBody = z.strictObject({ password: z.string().max(200) });
/** A child signs in on a device its family has paired (the device cookie); PIN of 4 to 6 digits. */
export const ChildSignIn = z.strictObject({ childId: z.uuid(), pin: z.string().regex(/^\d{4,6}$/) });
/** What sign-in answers; browsers also get cookies, other clients use `token` as Bearer. */
export const SignedIn = z.object({
  token: z.string(),
  csrf: z.string(),
  account: z.object({ id: AccountId, name: z.string(), roles: z.array(AccountRole) }),
  expiresAt: z.iso.datetime(),
});
export const SessionInfo = z.object({
  id: z.uuid(),
  current: z.boolean(),
  device: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
});
/** Children who may sign in on this device: what the profile picker shows before anybody is signed in. */
export const DeviceChild = z.object({ id: z.uuid(), nickname: z.string(), avatar: z.string() });
export const AccountFilter = z.strictObject({
  q: z.string().max(100).optional(),
  role: AccountRole.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  lang: z.string().optional(),
});
export const RolesBody = z.strictObject({ roles: z.array(AccountRole).min(1), reason: z.string().min(3).max(300) });
export const BlockBody = z.strictObject({ blocked: z.boolean(), reason: z.string().min(3).max(300) });

export const accountCreated = event(
  'auth.account-created.v1',
  z.object({ accountId: AccountId, kind: z.enum(['adult', 'child']), name: z.string(), email: z.string().nullable() }),
  (p) => p.accountId,
);
export const roleChanged = event(
  'auth.role-changed.v1',
  z.object({ accountId: AccountId, roles: z.array(AccountRole) }),
  (p) => p.accountId,
);

/** What an account's sessions may do has changed, or some of them ended: every process forgets what it knew of them. */
export const sessionsChanged = event(
  'auth.sessions-changed.v1',
  z.object({ accountId: AccountId }),
  (p) => p.accountId,
);

export const auth = contract('auth', {
  /** Who the token speaks for; null when unknown, expired, revoked or blocked. */
  identify: query(z.object({ token: z.string() }), SessionIdentity.nullable()),
  account: query(z.object({ id: AccountId }), Account.nullable()),
  accountByEmail: query(z.object({ email: z.string() }), Account.nullable()),
  /** Puts an adult into a family; only the family context calls it. */
  joinFamily: command(z.object({ accountId: AccountId, familyId: z.uuid() }), z.object({})),
  /** Opens a child's account with its PIN under a family; `childId` becomes the account id. */
  openChild: command(
    z.object({ childId: z.uuid(), familyId: z.uuid(), nickname: z.string(), avatar: z.string(), pin: z.string() }),
    z.object({}),
  ),
  /** Gives an account another name, a child's another picture too; only the contexts that own the person's profile call it. */
  describe: command(z.object({ accountId: AccountId, name: z.string(), avatar: z.string().optional() }), z.object({})),
  setChildPin: command(z.object({ childId: z.uuid(), pin: z.string() }), z.object({})),
  /** Gives a role to an account (demo data, store membership). */
  grantRole: command(z.object({ accountId: AccountId, role: AccountRole }), z.object({})),
  /** Opens an adult account without HTTP, for demo data and the first admin. Answers the existing id when the e-mail is taken. */
  openAccount: command(
    z.object({ email: z.string(), password: z.string(), name: z.string(), roles: z.array(AccountRole) }),
    z.object({ accountId: AccountId }),
  ),
});

export const authErrors = errors('auth', {
  WRONG: {
    status: 401,
    message: {
      uz: 'E-pochta yoki parol notoʻgʻri.',
      ru: 'Неверная почта или пароль.',
      en: 'The e-mail or the password is wrong.',
    },
  },
  WRONG_PIN: {
    status: 401,
    message: { uz: 'PIN-kod mos kelmadi.', ru: 'PIN-код не подошёл.', en: 'That PIN did not match.' },
  },
  LOCKED: {
    status: 429,
    message: {
      uz: 'Urinishlar koʻp boʻldi. Birozdan soʻng qayta urinib koʻring.',
      ru: 'Слишком много попыток. Попробуйте позже.',
      en: 'Too many attempts. Please try again later.',
    },
  },
  DEVICE_UNKNOWN: {
    status: 403,
    message: {
      uz: 'Bu qurilma oilaga ulanmagan. Avval ota-ona kirishi kerak.',
      ru: 'Это устройство не привязано к семье. Сначала должен войти родитель.',
      en: 'This device does not belong to the family yet. A parent has to sign in first.',
    },
  },
  EMAIL_TAKEN: {
    status: 409,
    message: {
      uz: 'Bu e-pochta bilan hisob bor. Kirishga urinib koʻring.',
      ru: 'С этой почтой уже есть аккаунт. Попробуйте войти.',
      en: 'There is an account with this e-mail. Try to sign in.',
    },
  },
  WEAK_PASSWORD: {
    status: 400,
    message: {
      uz: 'Bu parol juda oson. Uzunroq va kutilmagan parol tanlang.',
      ru: 'Слишком простой пароль. Выберите длиннее и необычнее.',
      en: 'This password is too easy to guess. Choose a longer, less common one.',
    },
  },
  BLOCKED: {
    status: 403,
    message: {
      uz: 'Bu hisob bloklangan. Qoʻllab-quvvatlash xizmatiga murojaat qiling.',
      ru: 'Этот аккаунт заблокирован. Обратитесь в службу поддержки.',
      en: 'This account is blocked. Please contact support.',
    },
  },
  BAD_ROLES: {
    status: 400,
    message: {
      uz: 'Bunday rollarni bu hisobga berib boʻlmaydi.',
      ru: 'Этому аккаунту нельзя назначить такие роли.',
      en: 'This account cannot have these roles.',
    },
  },
  NOT_FOUND: { status: 404, message: { uz: 'Hisob topilmadi.', ru: 'Аккаунт не найден.', en: 'Account not found.' } },
  LAST_ADMIN: {
    status: 409,
    message: {
      uz: 'Oxirgi administratorni olib tashlab boʻlmaydi.',
      ru: 'Нельзя убрать последнего администратора.',
      en: 'The last admin cannot be removed.',
    },
  },
});
