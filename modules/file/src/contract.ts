import { command, contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';
import { DocumentInfo, DownloadLink, DownloadState, NewDownload } from './download-view.js';

export * from './download-view.js';

export const FileId = z.uuid();
export const FileVariant = z.object({
  name: z.string(),
  width: z.int().nullable(),
  bytes: z.int(),
  contentType: z.string(),
});
export type FileVariant = z.infer<typeof FileVariant>;
/** A stored picture or document and the sizes it exists in. */
export const FileInfo = z.object({
  id: FileId,
  kind: z.enum(['image', 'document']),
  visibility: z.enum(['public', 'private']),
  width: z.int().nullable(),
  height: z.int().nullable(),
  color: z.string().nullable(),
  variants: z.array(FileVariant),
});
export type FileInfo = z.infer<typeof FileInfo>;

export const fileReady = event('file.ready.v1', FileInfo, (p) => p.id);

export const file = contract('file', {
  /**
   * Registers pictures of the asset library that was drawn at build time; asking twice for a key answers the same file.
   * Unknown keys are left out of the answer.
   */
  fromLibrary: command(z.object({ keys: z.array(z.string()).max(500) }), z.record(z.string(), FileId)),
  /**
   * Fetches a picture from an address of the open internet and keeps it as the owner's; the same bytes again are the same file.
   * An address inside somebody's network is refused however it is reached: `file.BAD_ADDRESS`, `file.UNREACHABLE`, and the
   * errors of an upload.
   */
  fromAddress: command(z.object({ url: z.string().max(2_000), ownerId: z.uuid() }), z.object({ id: FileId })),
  getMany: query(z.object({ ids: z.array(FileId).max(500) }), z.array(FileInfo)),
  /** Documents by id, with whoever uploaded them; anything else is left out. */
  documents: query(z.object({ ids: z.array(FileId).max(500) }), z.array(DocumentInfo)),
  /**
   * Gives a right to fetch a document and answers an address for it that is good for a quarter of an hour. The same right again
   * is answered with a new address and keeps its first terms. Raises `file.WITHDRAWN`, `file.USED_UP`, `file.ACCESS_ENDED`.
   */
  linkTo: command(NewDownload, DownloadLink),
  /** Takes rights away for good, also those that were not given yet. */
  withdraw: command(z.object({ ids: z.array(z.uuid()).max(500) }), z.object({})),
  downloads: query(z.object({ ids: z.array(z.uuid()).max(500) }), z.array(DownloadState)),
});

export const fileErrors = errors('file', {
  NOT_FOUND: { status: 404, message: { uz: 'Fayl topilmadi.', ru: 'Файл не найден.', en: 'File not found.' } },
  NO_FILE: { status: 400, message: { uz: 'Fayl yuborilmadi.', ru: 'Файл не отправлен.', en: 'No file was sent.' } },
  DOCUMENT_TOO_LARGE: {
    status: 413,
    message: {
      uz: 'Fayl 100 MB dan oshmasligi kerak.',
      ru: 'Файл не должен быть больше 100 МБ.',
      en: 'A file may be 100 MB at most.',
    },
  },
  NOT_A_DOCUMENT: {
    status: 415,
    message: {
      uz: 'Bu turdagi faylni sotib boʻlmaydi. PDF, EPUB, ZIP, MP3, MP4, PNG yoki JPEG yuboring.',
      ru: 'Файлы такого типа не продаются. Отправьте PDF, EPUB, ZIP, MP3, MP4, PNG или JPEG.',
      en: 'Files of this kind are not sold. Send PDF, EPUB, ZIP, MP3, MP4, PNG or JPEG.',
    },
  },
  LINK_EXPIRED: {
    status: 410,
    message: {
      uz: 'Havola muddati tugadi. Buyurtma sahifasidan yangisini oling.',
      ru: 'Срок действия ссылки истёк. Получите новую на странице заказа.',
      en: 'This link has expired. Get a new one on the page of your order.',
    },
  },
  ACCESS_ENDED: {
    status: 410,
    message: {
      uz: 'Bu faylni yuklab olish muddati tugadi.',
      ru: 'Срок, в который можно скачать этот файл, истёк.',
      en: 'The time in which this file could be downloaded is over.',
    },
  },
  USED_UP: {
    status: 410,
    message: {
      uz: 'Bu fayl belgilangan marta yuklab olingan.',
      ru: 'Этот файл уже скачан столько раз, сколько разрешено.',
      en: 'This file was downloaded as often as is allowed.',
    },
  },
  WITHDRAWN: {
    status: 410,
    message: {
      uz: 'Bu faylni endi yuklab olib boʻlmaydi: buyurtma bekor qilingan yoki mahsulot qaytarib olingan.',
      ru: 'Этот файл больше нельзя скачать: заказ отменён или товар отозван.',
      en: 'This file can no longer be downloaded: the order was cancelled or the product was recalled.',
    },
  },
  TOO_LARGE: {
    status: 413,
    message: {
      uz: 'Rasm 10 MB dan oshmasligi kerak.',
      ru: 'Изображение не должно быть больше 10 МБ.',
      en: 'A picture may be 10 MB at most.',
    },
  },
  TOO_SMALL: {
    status: 422,
    message: {
      uz: 'Rasmning har bir tomoni kamida 200 nuqta boʻlishi kerak.',
      ru: 'Каждая сторона изображения должна быть не меньше 200 пикселей.',
      en: 'Each side of a picture must be at least 200 pixels.',
    },
  },
  BAD_ADDRESS: {
    status: 422,
    message: {
      uz: 'Bu manzildan rasm olib boʻlmaydi.',
      ru: 'С этого адреса нельзя взять изображение.',
      en: 'No picture may be fetched from this address.',
    },
  },
  UNREACHABLE: {
    status: 422,
    message: {
      uz: 'Rasmni manzildan olib boʻlmadi.',
      ru: 'Не удалось получить изображение по адресу.',
      en: 'The picture could not be fetched from its address.',
    },
  },
  NOT_AN_IMAGE: {
    status: 415,
    message: {
      uz: 'Bu fayl rasm emas yoki buzilgan.',
      ru: 'Это не изображение или файл повреждён.',
      en: 'This file is not a picture or is damaged.',
    },
  },
});

/** Injection token: folder of the pictures drawn at build time, with their `manifest.json`. */
export const FILE_LIBRARY = 'file.library';
/** Injection token: folder of uploaded files. */
export const FILE_FOLDER = 'file.folder';
/** Whom pictures may be fetched from. Anything but the open internet is for tests alone. */
export interface Reach {
  readonly mayReach: (address: string) => boolean;
  readonly urlOf: (text: string) => URL | undefined;
}
/** Injection token: a `Reach` of a test. */
export const FILE_REACH = 'file.reach';
/** Sizes every uploaded picture is made into. */
export const VariantName = z.string().regex(/^[a-z0-9]{1,12}\.(webp|avif|png|jpg|pdf)$/);
