import type { ActivityItem, ApprovalView, ChildView, ConsentView } from '@um/family';
import type { CategoryView } from '@um/product';
import type { z } from 'zod';
import type { Saved } from './delivery.js';

/** What the page of one ask shows, and its parts work on. */
export interface ApprovalData {
  ask: ApprovalView;
  addresses: readonly Saved[];
}

/** What the page of one child shows, and its parts work on. */
export interface ChildData {
  child: ChildView;
  consents: readonly z.infer<typeof ConsentView>[];
  activity: readonly z.infer<typeof ActivityItem>[];
  categories: readonly z.infer<typeof CategoryView>[];
}
