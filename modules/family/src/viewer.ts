import { z } from 'zod';

/** Hazard flags a product may carry (child-safety 4.1). */
export const hazards = [
  'small_parts',
  'small_ball',
  'marble',
  'balloon',
  'button_cell',
  'magnet',
  'cord_loop',
  'projectile',
  'sharp',
  'chemical_set',
  'cosmetics',
  'food_contact',
  'food_imitation',
  'allergen',
  'laser',
  'loud',
  'flotation',
  'ride_on',
  'helmet_needed',
  'connected',
  'ai_toy',
  'camera_mic',
  'adult_supervision',
  'suffocation_bag',
] as const;
export const Hazard = z.enum(hazards);
export type Hazard = z.infer<typeof Hazard>;

/** Age marks of Law ZRU-444 (payments spec 5.4). */
export const InfoMark = z.enum(['0+', '6+', '12+', '16+', '18+']);
export type InfoMark = z.infer<typeof InfoMark>;

/** What decides whether somebody may see a product. */
export const ProductFacts = z.object({
  ageMinMonths: z.int().nonnegative(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard),
  /** Category ids from the root to the product's own. */
  categoryPath: z.array(z.string()),
  storeId: z.uuid(),
  /** Lowest price of the product, or the price of the variant asked about, in tiyin. */
  priceTiyin: z.int(),
});
export type ProductFacts = z.infer<typeof ProductFacts>;

/** Who looks, as far as visibility goes. A child's viewer comes from its policy and nowhere else. */
export const Viewer = z.object({
  kind: z.enum(['guest', 'child', 'adult']),
  /** Age in whole months; null for an adult. A guest is treated as just under 18: an unknown person may be a child. */
  ageMonths: z.int().nullable(),
  hiddenCategories: z.array(z.string()),
  hiddenStores: z.array(z.uuid()),
  hiddenHazards: z.array(Hazard),
  maxPriceTiyin: z.int().nullable(),
  policyVersion: z.int(),
});
export type Viewer = z.infer<typeof Viewer>;

const none = { hiddenCategories: [], hiddenStores: [], hiddenHazards: [], maxPriceTiyin: null, policyVersion: 0 };
export const ADULT_MONTHS = 18 * 12;
export const adultViewer: Viewer = { kind: 'adult', ageMonths: null, ...none };
export const guestViewer: Viewer = { kind: 'guest', ageMonths: ADULT_MONTHS - 1, ...none };

/** The age, in months, an information mark asks for. */
export const markMonths = (mark: InfoMark | null): number => (mark === null ? 0 : Number.parseInt(mark, 10) * 12);

/** Why a product is hidden from somebody; empty when it may be seen. Every list, search, link and cart uses this one rule (F02, SAF-02). */
export function hiddenBecause(
  viewer: Viewer,
  facts: ProductFacts,
): ('age' | 'category' | 'store' | 'hazard' | 'price')[] {
  const needed = Math.max(facts.ageMinMonths, markMonths(facts.infoMark));
  const reasons: ('age' | 'category' | 'store' | 'hazard' | 'price')[] = [];
  if (viewer.ageMonths !== null && needed > viewer.ageMonths) reasons.push('age');
  if (facts.categoryPath.some((id) => viewer.hiddenCategories.includes(id))) reasons.push('category');
  if (viewer.hiddenStores.includes(facts.storeId)) reasons.push('store');
  if (facts.hazards.some((h) => viewer.hiddenHazards.includes(h))) reasons.push('hazard');
  if (viewer.maxPriceTiyin !== null && facts.priceTiyin > viewer.maxPriceTiyin) reasons.push('price');
  return reasons;
}

/** True when the viewer may see the product. */
export const maySee = (viewer: Viewer, facts: ProductFacts): boolean => hiddenBecause(viewer, facts).length === 0;

/**
 * The exact rule by which somebody sees, as text: people with the same one see the same. A key of anything kept for several
 * people holds it. A new part of the rule that were forgotten here would show one child what another one may see: a test holds them together.
 */
export function visibilityOf(viewer: Viewer): string {
  const { ageMonths, hiddenCategories, hiddenStores, hiddenHazards, maxPriceTiyin } = viewer;
  const sorted = (names: readonly string[]): string[] => [...names].sort();
  return JSON.stringify([
    ageMonths,
    sorted(hiddenCategories),
    sorted(hiddenStores),
    sorted(hiddenHazards),
    maxPriceTiyin,
  ]);
}
