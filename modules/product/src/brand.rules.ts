import { createHash } from 'node:crypto';
import { slugOf } from './slug.rules.js';

const NOTHING = 'product';
const LETTERS = 8;

/** The address of a brand: its name however it is written. A name without a Latin, Cyrillic or Arabic figure gets one made of its letters. */
export function brandSlug(name: string): string {
  const plain = name.trim().toLowerCase().normalize('NFKC');
  const slug = slugOf(plain);
  if (slug !== NOTHING || plain === NOTHING) return slug;
  return `b-${createHash('sha256').update(plain).digest('hex').slice(0, LETTERS)}`;
}

/** Brands of names, each once: of two ways to write one the first counts. In the order of slugs, so that two writers never wait for each other in a circle. */
export function brandsOf(names: readonly (string | null)[]): { slug: string; name: string }[] {
  const found = new Map<string, string>();
  for (const name of names) {
    if (name === null) continue;
    const slug = brandSlug(name);
    if (!found.has(slug)) found.set(slug, name.trim());
  }
  return [...found].map(([slug, name]) => ({ slug, name })).toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}
