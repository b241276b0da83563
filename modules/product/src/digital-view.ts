import { errors } from '@um/kernel/contract';
import { z } from 'zod';

/** What a buyer of a variant downloads. */
export const DigitalFile = z.object({ fileId: z.uuid(), name: z.string(), bytes: z.int(), contentType: z.string() });
export type DigitalFile = z.infer<typeof DigitalFile>;

/** Makes a variant one that is downloaded, gives it another document, or makes it a thing again. */
export const NewDigital = z.strictObject({ fileId: z.uuid().nullable() });
/** A variant's document now. `state` says whether the product waits for a moderator again. */
export const DigitalVariant = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  state: z.string(),
  file: DigitalFile.nullable(),
});
export type DigitalVariant = z.infer<typeof DigitalVariant>;

/** What may be wrong with what is downloaded. */
export const digitalErrors = errors('product', {
  BAD_FILE: {
    status: 422,
    message: {
      uz: 'Bunday fayl yoʻq yoki uni sizning doʻkoningiz yuklamagan.',
      ru: 'Такого файла нет или его загрузил не ваш магазин.',
      en: 'There is no such file, or it was not uploaded by your store.',
    },
  },
});
