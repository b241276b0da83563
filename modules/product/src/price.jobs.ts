import { cronJob, job } from '@um/kernel';
import { z } from 'zod';

/** Waits for the moment at which a sale begins or ends. */
export const turnPrices = job('product.turn-prices', z.object({}));
/** Tells what the waiting jobs missed. */
export const sweepPrices = cronJob('product.sweep-prices', '* * * * *');
