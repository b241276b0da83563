import { downloadRefusals } from '@um/family';
import { errors } from '@um/kernel/contract';
import { z } from 'zod';

/** A document of an order's line, as it was when the order was placed. */
export const LineDocument = z.object({ name: z.string(), bytes: z.int(), contentType: z.string() });

/**
 * What a buyer may download of an order: `waiting` for the payment, `ready`, `used_up`, `over` when its time has passed,
 * `withdrawn` when the order was cancelled or the product recalled.
 */
export const DownloadView = z.object({
  lineId: z.uuid(),
  state: z.enum(['waiting', 'ready', 'used_up', 'over', 'withdrawn']),
  left: z.int(),
  most: z.int(),
  until: z.iso.datetime(),
  /** Its first link was given out: the order cannot be cancelled any more. */
  given: z.boolean(),
});
export type DownloadView = z.infer<typeof DownloadView>;

/** What may keep an order of downloads from being placed, or a download from being given out. */
export const downloadErrors = errors('order', {
  ...downloadRefusals,
  NOT_FOR_CHILD: {
    status: 403,
    message: {
      uz: 'Bu fayl hozir sizga mos emas. Ota-onangizdan soʻrang.',
      ru: 'Этот файл сейчас тебе не подходит. Спроси родителей.',
      en: 'This file is not for you at the moment. Ask your parents.',
    },
  },
  RECALLED: {
    status: 410,
    message: {
      uz: 'Mahsulot sotuvdan qaytarib olingan, uni yuklab olib boʻlmaydi.',
      ru: 'Товар отозван из продажи, скачать его нельзя.',
      en: 'The product was recalled and cannot be downloaded.',
    },
  },
});
