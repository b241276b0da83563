import { textFor, type Locale, type LocalText } from '@um/kernel';
import type { NoticeRow } from './notification.queries.js';

interface NoticeText {
  readonly title: LocalText;
  readonly body: LocalText;
}

const orderMoves: Readonly<Record<string, LocalText>> = {
  accepted: { uz: 'Doʻkon buyurtmani qabul qildi', ru: 'Магазин принял заказ', en: 'The store accepted the order' },
  packed: { uz: 'Buyurtma qadoqlandi', ru: 'Заказ упакован', en: 'The order is packed' },
  shipped: { uz: 'Buyurtma yoʻlga chiqdi', ru: 'Заказ отправлен', en: 'The order is on its way' },
  delivered: { uz: 'Buyurtma yetkazildi', ru: 'Заказ доставлен', en: 'The order was delivered' },
  cancelled: { uz: 'Doʻkon buyurtmani bekor qildi', ru: 'Магазин отменил заказ', en: 'The store cancelled the order' },
};

const askOutcomes: Readonly<Record<string, LocalText>> = {
  approved: { uz: 'Soʻrov maʼqullandi', ru: 'Запрос одобрен', en: 'The request was approved' },
  denied: {
    uz: 'Soʻrovga bu safar «yoʻq» deyildi',
    ru: 'На этот раз ответ — «нет»',
    en: 'The answer was no this time',
  },
  expired: { uz: 'Soʻrov muddati tugadi', ru: 'Срок запроса истёк', en: 'The request ran out of time' },
  cancelled: { uz: 'Soʻrov qaytarib olindi', ru: 'Запрос отозван', en: 'The request was taken back' },
  changed: {
    uz: 'Narx yoki mavjudlik oʻzgardi, soʻrovni yangilash kerak',
    ru: 'Цена или наличие изменились, нужен новый запрос',
    en: 'Price or stock changed, a new request is needed',
  },
  revoked: { uz: 'Ruxsat qaytarib olindi', ru: 'Разрешение отозвано', en: 'The approval was taken back' },
  lapsed: { uz: 'Ruxsat muddati tugadi', ru: 'Срок разрешения истёк', en: 'The approval lapsed' },
  ordered: {
    uz: 'Soʻralgan narsalar buyurtma qilindi',
    ru: 'Заказ по запросу оформлен',
    en: 'What was asked for has been ordered',
  },
};

const changeOutcomes: Readonly<Record<string, LocalText>> = {
  approved: {
    uz: 'Mahsulotni oʻzgartirish soʻrovi maʼqullandi',
    ru: 'Изменение товара одобрено',
    en: 'The change of a product was approved',
  },
  rejected: {
    uz: 'Mahsulotni oʻzgartirish soʻrovi rad etildi',
    ru: 'Изменение товара отклонено',
    en: 'The change of a product was refused',
  },
};

const tapToSee: LocalText = {
  uz: 'Tafsilotlarni koʻrish uchun oching.',
  ru: 'Откройте, чтобы увидеть подробности.',
  en: 'Open to see the details.',
};
const numbered = (number: string | undefined): LocalText => ({
  uz: `Buyurtma ${number ?? ''}`,
  ru: `Заказ ${number ?? ''}`,
  en: `Order ${number ?? ''}`,
});

/** Title and body of a notice. No item, amount or child's name is in them: a lock screen may show them (APP-16). */
function textOf(row: NoticeRow): NoticeText {
  const order = numbered(row.data.number);
  switch (row.kind) {
    case 'approval_asked':
      return {
        title: { uz: 'Yangi xarid soʻrovi', ru: 'Новый запрос на покупку', en: 'A new request to buy' },
        body: tapToSee,
      };
    case 'approval_decided':
      return { title: askOutcomes[row.data.state ?? ''] ?? tapToSee, body: tapToSee };
    case 'order_placed':
      return { title: { uz: 'Buyurtma qabul qilindi', ru: 'Заказ оформлен', en: 'The order was placed' }, body: order };
    case 'order_paid':
      return { title: { uz: 'Toʻlov qabul qilindi', ru: 'Оплата получена', en: 'The payment arrived' }, body: order };
    case 'order_moved':
      return { title: orderMoves[row.data.state ?? ''] ?? order, body: order };
    case 'order_cancelled':
      return {
        title: { uz: 'Buyurtma bekor qilindi', ru: 'Заказ отменён', en: 'The order was cancelled' },
        body: order,
      };
    case 'seller_new_order':
      return { title: { uz: 'Yangi buyurtma', ru: 'Новый заказ', en: 'A new order' }, body: order };
    case 'change_decided':
      return { title: changeOutcomes[row.data.state ?? ''] ?? tapToSee, body: tapToSee };
  }
}

/** Where a notice leads: a path of the storefront or of the panel. */
function hrefOf(row: NoticeRow): string {
  if (row.kind.startsWith('approval')) return `/family/approvals/${row.subject_id}`;
  if (row.kind === 'change_decided') return '/admin/changes';
  return row.kind === 'seller_new_order' ? '/admin/orders' : `/orders/${row.subject_id}`;
}

/** A notice in the reader's language. */
export function noticeView(row: NoticeRow, locale: Locale) {
  const text = textOf(row);
  return {
    id: row.id,
    kind: row.kind,
    title: textFor(text.title, locale),
    body: textFor(text.body, locale),
    href: hrefOf(row),
    read: row.read_at !== null,
    at: row.at.toISOString(),
  };
}
