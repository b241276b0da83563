import { cronJob, job } from '@um/kernel';
import { z } from 'zod';

/**
 * Tells products anew, part after part: those of a brand, or those below categories. `storeId` and `after` say how far it
 * is; a turn that is interrupted is done again from there. `work` is where its progress is counted.
 */
export const retell = job(
  'product.retell',
  z.object({
    brand: z.string().optional(),
    categories: z.array(z.string()).optional(),
    storeId: z.uuid().optional(),
    after: z.uuid().optional(),
    work: z.uuid(),
  }),
  { expireInSeconds: 120 },
);
/** Moves the products of a merged category or brand into the other one, part after part. */
export const mergeProducts = job(
  'product.merge',
  z.object({ what: z.enum(['category', 'brand']), from: z.string(), into: z.string(), work: z.uuid() }),
  { expireInSeconds: 120 },
);
/** Once more hides from children what follows a category that is hidden from them, for policies that changed meanwhile. */
export const hideFollowers = job(
  'product.hide-followers',
  z.object({ followers: z.array(z.object({ of: z.array(z.string()), id: z.string() })) }),
  { expireInSeconds: 120 },
);
/** Puts products from before there were brands to theirs. */
export const adoptBrands = cronJob('product.adopt-brands', '*/10 * * * *');
