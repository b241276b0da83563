import type { SellerTask } from '@um/order';
import type { z } from 'zod';

export type Task = z.infer<typeof SellerTask>;

/** How many units a part of an order holds. */
export const unitsOf = (task: Pick<Task, 'lines'>): number => task.lines.reduce((sum, line) => sum + line.qty, 0);
