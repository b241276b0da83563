import type { ReviewDecision, SellerProduct } from '@um/product';
import type { Tone } from '@um/ui';

export type ProductState = SellerProduct['state'];
export type Decision = ReviewDecision['decision'];

export const productTones: Readonly<Record<ProductState, Tone>> = {
  draft: 'plain',
  in_review: 'accent',
  published: 'ok',
  rejected: 'danger',
  recalled: 'danger',
  archived: 'plain',
};

export const productStates = Object.keys(productTones) as ProductState[];

/** What a moderator may decide about a product in a state. */
export function decisionsFor(state: ProductState): readonly Decision[] {
  if (state === 'in_review') return ['publish', 'reject'];
  return state === 'published' ? ['recall'] : [];
}
