import { command, contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';
import { ApprovalState, AskLine, AskSnapshot, DeliveryChoice, PaymentChoice } from './approval.js';
import { Viewer } from './viewer.js';

export * from './viewer.js';
export * from './approval.js';
export * from './child.js';

const Gate = z.object({
  outcome: z.enum(['block', 'needs_approval']),
  reasons: z.array(z.enum(['age', 'category', 'store', 'hazard', 'price', 'always_ask', 'consent'])),
});
/** Everything the order context needs to place what was approved. */
export const ApprovedAsk = z.object({
  approvalId: z.uuid(),
  familyId: z.uuid(),
  childId: z.uuid(),
  approvedBy: z.uuid(),
  state: ApprovalState,
  orderId: z.uuid().nullable(),
  snapshot: AskSnapshot,
  /** Null when everything is downloaded. */
  address: DeliveryChoice.nullable(),
  payment: PaymentChoice,
});
export type ApprovedAsk = z.infer<typeof ApprovedAsk>;

const ApprovalFact = z.object({
  approvalId: z.uuid(),
  familyId: z.uuid(),
  childId: z.uuid(),
  guardians: z.array(z.uuid()),
  state: ApprovalState,
});
export const approvalAsked = event('family.approval-asked.v1', ApprovalFact, (p) => p.approvalId);
export const approvalDecided = event('family.approval-decided.v1', ApprovalFact, (p) => p.approvalId);
export const policyChanged = event(
  'family.policy-changed.v1',
  z.object({ childId: z.uuid(), familyId: z.uuid(), version: z.int() }),
  (p) => p.childId,
);
export const consentChanged = event(
  'family.consent-changed.v1',
  z.object({ childId: z.uuid(), familyId: z.uuid(), purpose: z.string(), state: z.enum(['active', 'withdrawn']) }),
  (p) => p.childId,
);

export { withFollowers } from './followers.js';
export const family = contract('family', {
  /** What this child may see, from its age and its parents' policy. Unknown child or withdrawn consent: raises `family.NO_CHILD`. */
  viewerOf: query(z.object({ childId: z.uuid() }), Viewer),
  /** May this child have these lines? Never answers "yes" by itself: a parent does. */
  authorizeSpend: query(z.object({ childId: z.uuid(), lines: z.array(AskLine), totalTiyin: z.int() }), Gate),
  /** Files an ask; an equal pending ask is answered instead of a second one (APP-10). */
  ask: command(
    z.object({ childId: z.uuid(), snapshot: AskSnapshot, note: z.string().max(300).nullable() }),
    z.object({ approvalId: z.uuid(), state: ApprovalState }),
  ),
  approved: query(z.object({ approvalId: z.uuid() }), ApprovedAsk.nullable()),
  /** APPROVED -> ORDERING for exactly this order; repeating it for the same order is fine, for another one it is refused (APP-05). */
  startOrdering: command(z.object({ approvalId: z.uuid(), orderId: z.uuid() }), z.object({})),
  /** ORDERING -> ORDERED. */
  ordered: command(z.object({ approvalId: z.uuid(), orderId: z.uuid() }), z.object({})),
  /** The snapshot is no longer true or cannot be ordered: CHANGED, holds released. */
  couldNotOrder: command(z.object({ approvalId: z.uuid(), code: z.string() }), z.object({})),
  /** The order was paid (or handed over, with cash): held money becomes spent. */
  settleSpend: command(z.object({ approvalId: z.uuid(), amountTiyin: z.int().nonnegative() }), z.object({})),
  /** The order ended without payment: held money is free again. */
  releaseSpend: command(z.object({ approvalId: z.uuid() }), z.object({})),
  /** Guardians' account ids of a family. */
  guardians: query(z.object({ familyId: z.uuid() }), z.array(z.uuid())),
  /**
   * Categories go elsewhere: from every child from whom one of `of` is hidden, `id` is hidden from now on, too. Repeating it
   * changes nothing. Answers how many children's policies changed.
   */
  hideFollowers: command(
    z.object({ followers: z.array(z.object({ of: z.array(z.string()), id: z.string() })) }),
    z.object({ children: z.int() }),
  ),
  /** I4 and I6 as rows: violations found, for the audit command. */
  checkInvariants: query(
    z.object({}),
    z.array(z.object({ invariant: z.string(), checked: z.int(), violations: z.array(z.string()) })),
  ),
});

/** What keeps things that are downloaded from being asked for, or ordered, as told. */
export const downloadRefusals = {
  ADDRESS_NEEDED: {
    status: 400,
    message: {
      uz: 'Yetkazib berish uchun manzil kerak.',
      ru: 'Для доставки нужен адрес.',
      en: 'Delivery needs an address.',
    },
  },
  PAY_ONLINE: {
    status: 409,
    message: {
      uz: 'Yuklab olinadigan narsalar oldindan onlayn toʻlanadi.',
      ru: 'Скачиваемые товары оплачиваются онлайн заранее.',
      en: 'What is downloaded is paid online beforehand.',
    },
  },
} as const;

export const familyErrors = errors('family', {
  ...downloadRefusals,
  NO_CHILD: {
    status: 404,
    message: { uz: 'Bola profili topilmadi.', ru: 'Профиль ребёнка не найден.', en: 'Child profile not found.' },
  },
  POLICY_CHANGED: {
    status: 409,
    message: {
      uz: 'Qoidalar siz ochganingizdan keyin oʻzgargan. Sahifani yangilab, qaytadan urinib koʻring.',
      ru: 'Правила изменились после того, как вы их открыли. Обновите страницу и попробуйте снова.',
      en: 'The rules changed after you opened them. Please reload the page and try again.',
    },
  },
  NO_APPROVAL: { status: 404, message: { uz: 'Soʻrov topilmadi.', ru: 'Запрос не найден.', en: 'Request not found.' } },
  NOT_A_CHILD_AGE: {
    status: 400,
    message: {
      uz: 'Profil 18 yoshgacha boʻlgan bolalar uchun.',
      ru: 'Профиль только для детей до 18 лет.',
      en: 'Profiles are for children under 18.',
    },
  },
  BAD_STATE: {
    status: 409,
    message: {
      uz: 'Bu soʻrov boʻyicha qaror allaqachon qabul qilingan.',
      ru: 'По этому запросу решение уже принято.',
      en: 'This request has already been decided.',
    },
  },
  SEEN_DIFFERENT: {
    status: 409,
    message: {
      uz: 'Soʻrov siz koʻrganingizdan keyin oʻzgargan. Qaytadan koʻrib chiqing.',
      ru: 'Запрос изменился после того, как вы его открыли. Посмотрите ещё раз.',
      en: 'The request changed after you opened it. Please look again.',
    },
  },
  LIMIT_REACHED: {
    status: 409,
    message: {
      uz: 'Bu xarid belgilangan xarajat chegarasidan oshib ketadi.',
      ru: 'Эта покупка превышает установленный лимит.',
      en: 'This purchase would go over the spending limit.',
    },
  },
  BLOCKED: {
    status: 403,
    message: {
      uz: 'Savatdagi baʼzi narsalarni soʻrab boʻlmaydi.',
      ru: 'Некоторые вещи из корзины запросить нельзя.',
      en: 'Some things in the cart cannot be asked for.',
    },
  },
  TOO_MANY_ASKS: {
    status: 429,
    message: {
      uz: 'Javob kutilayotgan soʻrovlar yetarli. Avval ularga javob kelsin.',
      ru: 'Уже есть запросы без ответа. Дождись ответа на них.',
      en: 'There are enough open requests. Let us wait for the answers first.',
    },
  },
  SAME_DEVICE: {
    status: 403,
    message: {
      uz: 'Qarorni ota-ona oʻz hisobidan qabul qiladi.',
      ru: 'Решение принимает родитель из своего аккаунта.',
      en: 'A parent decides this from their own account.',
    },
  },
});
