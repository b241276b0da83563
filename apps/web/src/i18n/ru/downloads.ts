import type { Dictionary } from '../index.js';

/** What is bought to be downloaded. */
export const downloads: Dictionary['downloads'] = {
  kind: 'Скачивается',
  after: 'Скачивается сразу после оплаты, ничего не доставляется.',
  size: (amount) => `${amount} МБ`,
  online: 'Картой онлайн',
  cancel: 'Можно отменить до первого скачивания',
  get: 'Скачать',
  until: (day) => `до ${day}`,
  left: (n, most) => `осталось ${n} из ${most}`,
  link: 'Ссылка работает 15 минут.',
  first: 'После скачивания заказ отменить нельзя.',
  states: {
    waiting: 'Можно будет скачать после оплаты.',
    used_up: 'Скачано столько раз, сколько разрешено.',
    over: 'Срок, в который можно скачать, истёк.',
    withdrawn: 'Скачать больше нельзя.',
  },
};
