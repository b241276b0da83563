import { errors } from '@um/kernel/contract';

/** What may be wrong with prices, sales, groups, offers and changes of what is shared. */
export const priceErrors = errors('product', {
  NO_GROUP: { status: 404, message: { uz: 'Guruh topilmadi.', ru: 'Группа не найдена.', en: 'Group not found.' } },
  NO_LIST: {
    status: 404,
    message: {
      uz: 'Bunday amaldagi narxlar roʻyxati yoʻq.',
      ru: 'Такого действующего прайс-листа нет.',
      en: 'There is no such price list in force.',
    },
  },
  NO_ACCOUNT: {
    status: 404,
    message: { uz: 'Bunday hisob yoʻq.', ru: 'Такого аккаунта нет.', en: 'There is no such account.' },
  },
  GROUP_EXISTS: {
    status: 409,
    message: {
      uz: 'Shu nomli guruh allaqachon bor.',
      ru: 'Группа с таким именем уже есть.',
      en: 'There is a group with this name already.',
    },
  },
  NO_MASTER: {
    status: 404,
    message: {
      uz: 'Bu mahsulotga taklif qoʻshib boʻlmaydi: u sotuvda emas, oʻzi taklif yoki sizniki.',
      ru: 'К этому товару нельзя добавить предложение: он не продаётся, сам является предложением или уже ваш.',
      en: 'This product takes no offer: it is not on sale, is an offer itself or is yours already.',
    },
  },
  NOT_SHARED: {
    status: 409,
    message: {
      uz: 'Bu mahsulotni bir nechta doʻkon sotmaydi yoki siz sotmaysiz.',
      ru: 'Этот товар не продают несколько магазинов, или вы его не продаёте.',
      en: 'This product is not sold by several stores, or not by you.',
    },
  },
  NOTHING_TO_CHANGE: {
    status: 400,
    message: {
      uz: 'Hech narsa oʻzgarmagan.',
      ru: 'Ничего не изменено.',
      en: 'Nothing is changed.',
    },
  },
  NO_PICTURE: {
    status: 400,
    message: { uz: 'Bunday rasm yoʻq.', ru: 'Такой картинки нет.', en: 'There is no such picture.' },
  },
  NO_CHANGE: {
    status: 404,
    message: { uz: 'Soʻrov topilmadi.', ru: 'Запрос не найден.', en: 'Request not found.' },
  },
  CHANGE_DECIDED: {
    status: 409,
    message: {
      uz: 'Bu soʻrov boʻyicha qaror qabul qilingan.',
      ru: 'По этому запросу уже принято решение.',
      en: 'This request is decided already.',
    },
  },
  CHANGE_STALE: {
    status: 409,
    message: {
      uz: 'Mahsulot soʻrovdan keyin oʻzgargan. Soʻrovni rad eting.',
      ru: 'Товар изменился после запроса. Отклоните запрос.',
      en: 'The product changed after this was asked. Refuse the request.',
    },
  },
  NO_SALE: { status: 404, message: { uz: 'Chegirma topilmadi.', ru: 'Скидка не найдена.', en: 'Sale not found.' } },
  SALE_OVER: {
    status: 409,
    message: { uz: 'Chegirma allaqachon tugagan.', ru: 'Скидка уже закончилась.', en: 'The sale is over already.' },
  },
  SALE_OVERLAP: {
    status: 409,
    message: {
      uz: 'Shu vaqtda bu mahsulotlarning boshqa chegirmasi bor.',
      ru: 'На это время у этих товаров уже есть скидка.',
      en: 'These products already have a sale in that time.',
    },
  },
  SALE_NOT_LOWER: {
    status: 400,
    message: {
      uz: 'Chegirmali narx odatdagi narxdan past boʻlishi kerak.',
      ru: 'Цена со скидкой должна быть ниже обычной.',
      en: 'A sale price must be lower than the usual one.',
    },
  },
  BAD_PERIOD: {
    status: 400,
    message: {
      uz: 'Chegirma hozirdan keyin tugashi, 60 kundan oshmasligi va bir yil ichida boshlanishi kerak.',
      ru: 'Скидка должна заканчиваться в будущем, длиться не более 60 дней и начинаться в течение года.',
      en: 'A sale must end after now, last at most 60 days and begin within a year.',
    },
  },
});
