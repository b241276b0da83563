import { plainLatin } from '@um/kernel/uzbek';

const LONGEST = 80;

/** The words of a title as they stand in an address: Latin letters, digits and single hyphens, at most 80 characters. */
export function slugOf(title: string): string {
  const words = plainLatin(title)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return shortened(words) || 'product';
}

/** Cut at a word where there is one, so that an address never ends in half a word. */
function shortened(words: string): string {
  if (words.length <= LONGEST) return words;
  const cut = words.slice(0, LONGEST + 1);
  const end = cut.lastIndexOf('-');
  return end > 0 ? cut.slice(0, end) : cut.slice(0, LONGEST);
}

/** Gives each product a slug nobody has; of equal titles all but the first carry a piece of the product's id. */
export function uniqueSlugs(
  wanted: readonly { id: string; title: string }[],
  taken: ReadonlySet<string>,
): Map<string, string> {
  const used = new Set(taken);
  return new Map(
    wanted.map(({ id, title }) => {
      const plain = slugOf(title);
      const slug = used.has(plain) ? `${plain}-${id.slice(-8)}` : plain;
      used.add(slug);
      return [id, slug];
    }),
  );
}
