import { job } from '@um/kernel';
import { z } from 'zod';

/** Fetches pictures that products of a store wait for, some at a time. */
export const fetchPictures = job('product.fetch-pictures', z.object({ storeId: z.uuid() }), {
  expireInSeconds: 120,
  concurrency: 2,
});
